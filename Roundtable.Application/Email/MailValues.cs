using System.Globalization;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>What every mail shows: to whom, and when, from which address and device it was asked for.</summary>
[ScopedService]
public sealed class MailValues(IRequestContext context, TimeProvider clock)
{
    /// <param name="user">Whom to greet. Nobody unknown: a name that a stranger typed would travel to an address that is not
    /// theirs.</param>
    public Dictionary<string, string?> For(User? user) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = user?.Name,
            ["requestedAt"] = Time(clock.GetUtcNow()),
            ["ipAddress"] = context.IpAddress,
            ["device"] = context.UserAgent is { } agent ? Devices.Describe(agent) : null,
        };

    /// <summary>For mail that an admin causes: from where the admin works is no business of the recipient.</summary>
    public static Dictionary<string, string?> FromAdmin(User? user) => new(StringComparer.Ordinal) { ["name"] = user?.Name };

    /// <param name="link">The address with the secret in its fragment.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="fromAdmin">Whether an admin causes it.</param>
    public Dictionary<string, string?> ForLink(User? user, string link, TimeSpan lifetime, bool fromAdmin = false)
    {
        var values = fromAdmin ? FromAdmin(user) : For(user);
        values["link"] = link;
        values["expires"] = Time(clock.GetUtcNow() + lifetime);
        return values;
    }

    /// <summary>A time, for the mail to write in its own language.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
