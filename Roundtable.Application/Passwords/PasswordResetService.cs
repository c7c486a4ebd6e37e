using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Passwords;

/// <summary>Resets passwords by a mailed link.</summary>
[ScopedService]
public sealed class PasswordResetService(
    OneTimeTokens tokens,
    IUserRepository users,
    EmailOwnership owners,
    PasswordReplacer replacer,
    CredentialReset others,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Sets the password, ends all sessions and marks the address verified. A rejected password leaves the link valid. Errors:
    /// <c>invalid_token</c>, <c>validation_failed</c>.
    /// </summary>
    /// <param name="scope">What to remove too: an intruder may have added it.</param>
    public async Task<Result> ResetAsync(string secret, string newPassword, ResetScope scope, CancellationToken ct)
    {
        var prepared = await replacer.PrepareAsync(newPassword, ct);
        return await unitOfWork.ExecuteAsync<Result>(ct => ResetAsync(secret, prepared, scope, ct), ct);
    }

    private async Task<Result> ResetAsync(string secret, NewPassword newPassword, ResetScope scope, CancellationToken ct)
    {
        if (
            await tokens.RedeemAsync(TokenPurpose.PasswordReset, secret, ct) is not { UserId: { } id } token
            || await users.LoadWithCredentialsAsync(id, ct) is not { } user
            || user.NormalizedEmail != token.Subject
        )
        {
            return TokenErrors.InvalidToken;
        }

        await owners.VerifyAsync(user, passwordIsOwners: false, ct);
        await others.RemoveAsync(user, scope, ct);
        return
            await replacer.ReplaceAsync(
                user,
                newPassword,
                "newPassword",
                AuditActions.PasswordReset,
                SessionEndReason.PasswordChanged,
                null,
                ct
            )
                is { } problem
            ? problem
            : Result.Success;
    }
}
