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
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Sets the password, ends all sessions and marks the address verified. A rejected password leaves the link valid. Errors:
    /// <c>invalid_token</c>, <c>validation_failed</c>.
    /// </summary>
    /// <param name="removePasskeys">Whether to remove passkeys too: an intruder may have added one.</param>
    public async Task<Result> ResetAsync(string secret, string newPassword, bool removePasskeys, CancellationToken ct)
    {
        var prepared = await replacer.PrepareAsync(newPassword, ct);
        return await unitOfWork.ExecuteAsync<Result>(ct => ResetAsync(secret, prepared, removePasskeys, ct), ct);
    }

    private async Task<Result> ResetAsync(string secret, NewPassword newPassword, bool removePasskeys, CancellationToken ct)
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
        if (removePasskeys && user.Credentials.Passkeys.Count > 0)
        {
            user.Credentials.RemovePasskeys();
            audit.Record(AuditActions.UserPasskeysReset, AuditTarget.User(id), actor: user);
        }

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
