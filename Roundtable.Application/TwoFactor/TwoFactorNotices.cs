using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Users;

namespace Roundtable.Application.TwoFactor;

/// <summary>Records changes to the second factor and notifies the user.</summary>
[ScopedService]
public sealed class TwoFactorNotices(UserMailer mailer, IAuditTrail audit)
{
    public void Record(string action, User user) => audit.Record(action, AuditTarget.User(user.Id));

    public void Changed(string action, User user, string change)
    {
        Record(action, user);
        mailer.Send(MailTemplates.TwoFactorChanged, user, ("change", change));
    }
}
