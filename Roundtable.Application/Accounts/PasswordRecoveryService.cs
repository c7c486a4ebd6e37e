using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Resets passwords by a link mailed to the address.</summary>
[ScopedService]
public sealed class PasswordRecoveryService(
    IUserRepository users,
    AccountMailer mailer,
    OneTimeTokens tokens,
    EmailOwnership owners,
    PasswordReplacer replacer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>How long a link is valid.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    private const string ThrottleKind = "password-reset";

    private static readonly AccountLink Link = new(TokenPurpose.PasswordReset, MailTemplates.PasswordReset, "reset-password", LinkLifetime);

    /// <summary>Mails a link if the address has an account; the answer is always the same.</summary>
    public Task<Result> RequestAsync(EmailAddress email, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var user = await users.LoadByEmailAsync(email.Normalized, ct);
                audit.Record(AuditActions.PasswordResetRequested, user is null ? AuditTarget.Email(email) : AuditTarget.User(user.Id));
                if (await mailer.TryReserveAsync(ThrottleKind, email, ct))
                {
                    await (user is null ? mailer.SimulateLinkAsync(Link, email, ct) : mailer.SendLinkAsync(Link, user, user.Email, ct));
                }

                return Result.Success;
            },
            ct
        );

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
