using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Records changes to passkeys and notifies the user.</summary>
[ScopedService]
public sealed class PasskeyNotices(UserMailer mailer, IAuditTrail audit)
{
    public void Tell(string action, User user, Passkey passkey, string change)
    {
        audit.Record(action, AuditTarget.Passkey(passkey.Id, user.Id), new { name = passkey.Name });
        mailer.Send(MailTemplates.PasskeyChanged, user, ("change", change), ("passkey", passkey.Name));
    }
}
