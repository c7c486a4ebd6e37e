using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passwords;

/// <summary>Replaces a password and revokes the account's sessions and pending links.</summary>
[ScopedService]
public sealed class PasswordReplacer(
    PasswordStorage storage,
    AccessRevocation revocation,
    LiveApiKeys apiKeys,
    UserMailer mailer,
    IAuditTrail audit
)
{
    /// <inheritdoc cref="PasswordStorage.PrepareAsync"/>
    public Task<NewPassword> PrepareAsync(string password, CancellationToken ct) => storage.PrepareAsync(password, ct);

    /// <summary>
    /// Sets the password, ends sessions and pending links, records and notifies, in the current transaction. Errors:
    /// <c>validation_failed</c>.
    /// </summary>
    /// <param name="field">The request member that holds the password.</param>
    /// <param name="action">The audit action; determines whom the notice names as the actor.</param>
    /// <param name="keepSessionId">The session to keep; null to end all.</param>
    public async Task<Error?> ReplaceAsync(
        User user,
        NewPassword newPassword,
        string field,
        string action,
        SessionEndReason reason,
        string? keepSessionId,
        CancellationToken ct
    )
    {
        if (await storage.SetAsync(user, newPassword, field, byOthers: action == AuditActions.UserPasswordSet) is { } problem)
        {
            return problem;
        }

        await FinishAsync(user, action, reason, keepSessionId, ct);
        return null;
    }

    /// <summary>
    /// Completes the change in the current transaction after the password was set: sessions, pending links, audit entry, notice.
    /// </summary>
    public async Task FinishAsync(User user, string action, SessionEndReason reason, string? keepSessionId, CancellationToken ct)
    {
        await revocation.EndAsync(user, reason, keepSessionId, undosAfterId: null, ct);
        audit.Record(
            action,
            AuditTarget.User(user.Id),
            actor: action == AuditActions.PasswordReset ? user : null,
            raises: new PasswordChanged(EventUser.Of(user))
        );
        var live = await apiKeys.DescribeAsync(user, ct);
        if (action == AuditActions.UserPasswordSet)
        {
            mailer.SendFromAdmin(MailTemplates.PasswordChanged, user, live);
        }
        else
        {
            mailer.Send(MailTemplates.PasswordChanged, user, live);
        }
    }
}
