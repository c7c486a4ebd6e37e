using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>
/// Removes second factors and passkeys of users who are locked out or whose account was compromised. Every session and pending link
/// ends, and the user is notified.
/// </summary>
[ScopedService]
public sealed class UserFactorsService(
    AdminGuard guard,
    AccessRevocation revocation,
    UserMailer mailer,
    LoginConnector logins,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Turns two-factor sign-in off. Errors: <c>not_found</c>, <c>not_on_yourself</c>, <c>forbidden</c> for a user of higher rank.
    /// </summary>
    public Task<Result> RemoveTwoFactorAsync(CurrentSession caller, string id, CancellationToken ct) =>
        ResetAsync(
            caller,
            id,
            AuditActions.UserTwoFactorReset,
            user =>
            {
                if (user.Credentials.TwoFactorEnabled)
                {
                    mailer.SendFromAdmin(MailTemplates.TwoFactorChanged, user, ("change", MailPhrases.TurnedOffByAdmin));
                }

                user.Credentials.DisableTwoFactor();
            },
            ct
        );

    /// <summary>Removes all passkeys. Errors: as for the second factor.</summary>
    public Task<Result> RemovePasskeysAsync(CurrentSession caller, string id, CancellationToken ct) =>
        ResetAsync(
            caller,
            id,
            AuditActions.UserPasskeysReset,
            user =>
            {
                if (user.Credentials.Passkeys.Count > 0)
                {
                    mailer.SendFromAdmin(MailTemplates.PasskeyChanged, user, ("change", MailPhrases.AllRemovedByAdmin));
                }

                user.Credentials.RemovePasskeys();
            },
            ct
        );

    /// <summary>Removes an external login. Errors: as for the second factor.</summary>
    public Task<Result> RemoveLoginAsync(CurrentSession caller, string id, string provider, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var target = await LoadAsync(caller, id, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                if (await logins.RemoveAsync(target.Value, provider, byAdmin: true, ct) is { } problem)
                {
                    return problem;
                }

                await EndAccessAsync(target.Value, ct);
                return Result.Success;
            },
            ct
        );

    private Task<Result> ResetAsync(CurrentSession caller, string id, string action, Action<User> reset, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var target = await LoadAsync(caller, id, ct);
                if (target.Failed)
                {
                    return target.Error!;
                }

                reset(target.Value);
                await EndAccessAsync(target.Value, ct);
                audit.Record(action, AuditTarget.User(id));
                return Result.Success;
            },
            ct
        );

    private async Task<Result<User>> LoadAsync(CurrentSession caller, string id, CancellationToken ct)
    {
        var target = await guard.LoadWithCredentialsAsync(caller, id, ct);
        return !target.Failed && id == caller.UserId ? UserErrors.NotOnYourself : target;
    }

    private async Task EndAccessAsync(User user, CancellationToken ct)
    {
        user.Touch(unitOfWork.UtcNow);
        await unitOfWork.FlushAsync(ct);
        await revocation.EndAsync(user, SessionEndReason.RevokedByAdmin, null, undosAfterId: null, ct);
    }
}
