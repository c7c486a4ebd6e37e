using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Passwords;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Administration;

/// <summary>Restores access: passwords, links, lock-outs.</summary>
[ScopedService]
public sealed class UserAccessService(
    AdminGuard guard,
    PasswordReplacer replacer,
    MagicLinkMailer links,
    PasswordAttempts attempts,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Sets a password, ends all sessions and e-mails a notice. Errors: <c>not_found</c>, <c>forbidden</c> for a user with
    /// permissions that the caller lacks, <c>not_on_yourself</c>, <c>validation_failed</c>.
    /// </summary>
    public async Task<Result> SetPasswordAsync(CurrentSession caller, string id, string password, CancellationToken ct)
    {
        var prepared = await replacer.PrepareAsync(password, ct);
        return await ChangeAsync(
            caller,
            id,
            async (user, ct) =>
                id == caller.PrincipalId
                    ? UserErrors.NotOnYourself
                    : await replacer.ReplaceAsync(
                        user,
                        prepared,
                        "password",
                        AuditActions.UserPasswordSet,
                        SessionEndReason.PasswordChanged,
                        null,
                        ct
                    ),
            ct
        );
    }

    /// <summary>E-mails the user a sign-in link. Errors: <c>not_found</c>, <c>forbidden</c>.</summary>
    public Task<Result> SendLinkAsync(CurrentSession caller, string id, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            async (user, ct) =>
            {
                _ = EmailAddress.TryParse(user.Email, out var email);
                await links.InviteAsync(email, user, caller, ct);
                audit.Record(AuditActions.UserInvited, AuditTarget.User(id));
                return null;
            },
            ct
        );

    /// <summary>Lifts the lock-out and clears the account's throttle counters. Errors: <c>not_found</c>, <c>forbidden</c>.</summary>
    public Task<Result> UnlockAsync(Caller caller, string id, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            async (user, ct) =>
            {
                await attempts.UnlockAsync(user, ct);
                audit.Record(AuditActions.UserUnlocked, AuditTarget.User(id));
                return null;
            },
            ct
        );

    private Task<Result> ChangeAsync(Caller caller, string id, Func<User, CancellationToken, Task<Error?>> change, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var target = await guard.LoadWithCredentialsAsync(caller, id, ct);
                return (target.Error ?? await change(target.Value, ct)) is { } error ? error : Result.Success;
            },
            ct
        );
}
