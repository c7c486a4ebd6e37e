using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Passwords;

/// <summary>Changes or sets the caller's password.</summary>
[ScopedService]
public sealed class PasswordChangeService(
    IUserRepository users,
    PasswordAttempts attempts,
    PasswordReplacer replacer,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Changes the password; other sessions and pending links end. Errors: <c>invalid_credentials</c> if the account has a password and
    /// the current one given is wrong or missing, <c>validation_failed</c>.
    /// </summary>
    public async Task<Result> ChangeAsync(CurrentSession caller, string? currentPassword, string newPassword, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } account)
        {
            return Errors.Unauthenticated;
        }

        if (
            account.Credentials.PasswordHash is not null
            && await attempts.VerifyAsync(account, currentPassword ?? "", ct) == PasswordMatch.No
        )
        {
            return AccountErrors.InvalidCredentials;
        }

        var prepared = await replacer.PrepareAsync(newPassword, ct);
        return await unitOfWork.ExecuteAsync<Result>(
            async ct =>
                await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } user ? Errors.Unauthenticated
                : await replacer.ReplaceAsync(
                    user,
                    prepared,
                    "newPassword",
                    AuditActions.PasswordChanged,
                    SessionEndReason.PasswordChanged,
                    caller.Id,
                    ct
                )
                    is { } problem
                    ? problem
                : Result.Success,
            ct
        );
    }
}
