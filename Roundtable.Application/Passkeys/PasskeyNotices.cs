using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passkeys;

/// <summary>Records changes to passkeys and notifies the user.</summary>
[ScopedService]
public sealed class PasskeyNotices(UserMailer mailer, IAuditTrail audit)
{
    /// <summary>Records a new name; the user is not notified.</summary>
    public void Renamed(User user, Passkey passkey) =>
        audit.Record(AuditActions.PasskeyRenamed, AuditTarget.Passkey(passkey.Id, user.Id), new { name = passkey.Name });

    /// <param name="change">What happened, in the words of the mail.</param>
    public void Changed(string action, User user, Passkey passkey, string change)
    {
        audit.Record(action, AuditTarget.Passkey(passkey.Id, user.Id), new { name = passkey.Name });
        mailer.Send(MailTemplates.PasskeyChanged, user, ("change", change), ("passkey", passkey.Name));
    }
}
