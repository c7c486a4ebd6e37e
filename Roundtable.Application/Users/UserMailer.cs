using Roundtable.Application.Email;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>Tells users what happened to their account.</summary>
public sealed class UserMailer(IMailOutbox outbox, MailValues values)
{
    /// <summary>Leaves a notice for the user's address in the running transaction.</summary>
    public void Send(string template, User user, params ReadOnlySpan<(string Name, string? Value)> details)
    {
        var all = values.For(user);
        foreach (var (name, value) in details)
        {
            all[name] = value;
        }

        outbox.Enqueue(new Mail(template, user.Email, user.Id, all));
    }
}
