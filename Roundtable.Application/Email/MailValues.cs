using System.Globalization;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>Creates the values that every e-mail shows: recipient, time, IP address and device of the request.</summary>
[ScopedService]
public sealed class MailValues(IRequestContext context, TimeProvider clock)
{
    /// <param name="user">The user to greet; null for strangers, because a name that a stranger typed would be sent to another
    /// person's address.</param>
    public Dictionary<string, string?> For(User? user)
    {
        var (browser, system) = Devices.Find(context.UserAgent);
        return new(StringComparer.Ordinal)
        {
            ["name"] = user?.Name,
            ["requestedAt"] = Time(clock.GetUtcNow()),
            ["ipAddress"] = context.IpAddress,
            ["device"] = context.UserAgent is { } agent ? Devices.Describe(agent) : null,
            // For the device in the mail's language.
            ["browser"] = browser,
            ["system"] = system,
        };
    }

    /// <summary>For e-mails that an admin causes: the recipient must not see the admin's IP address or device.</summary>
    public static Dictionary<string, string?> FromAdmin(User? user) => new(StringComparer.Ordinal) { ["name"] = user?.Name };

    /// <summary>Returns the time after a duration, in the form of all times of mails.</summary>
    public string TimeIn(TimeSpan duration) => Time(clock.GetUtcNow() + duration);

    /// <param name="link">The URL with the secret in its fragment.</param>
    /// <param name="lifetime">How long the link is valid.</param>
    /// <param name="fromAdmin">Whether an admin caused it.</param>
    public Dictionary<string, string?> ForLink(User? user, string link, TimeSpan lifetime, bool fromAdmin = false)
    {
        var values = fromAdmin ? FromAdmin(user) : For(user);
        values["link"] = link;
        values["expires"] = TimeIn(lifetime);
        return values;
    }

    /// <summary>Formats a time, which the e-mail shows in its own language.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
