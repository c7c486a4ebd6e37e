using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>Notifies users of changes to their account.</summary>
[ScopedService]
public sealed class UserMailer(IMailOutbox outbox, MailValues values)
{
    /// <summary>Queues a notice in the running transaction: what the user did, and from where.</summary>
    public void Send(string template, User user, params ReadOnlySpan<(string Name, string? Value)> details) =>
        Send(template, user, values.For(user), details);

    /// <summary>Queues a notice of what an admin did.</summary>
    public void SendFromAdmin(string template, User user, params ReadOnlySpan<(string Name, string? Value)> details) =>
        Send(template, user, MailValues.FromAdmin(user), details);

    private void Send(string template, User user, Dictionary<string, string?> all, ReadOnlySpan<(string Name, string? Value)> details)
    {
        foreach (var (name, value) in details)
        {
            all[name] = value;
        }

        outbox.Enqueue(new Mail(template, user.Email, user.Id, all, user.Profile.Locale));
    }
}
