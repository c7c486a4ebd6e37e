using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.MagicLinks;

/// <summary>Disowns a sign-in by the link of its notice.</summary>
[ScopedService]
public sealed class NotMeService(
    OneTimeTokens tokens,
    IUserRepository users,
    ForeignCredentials foreign,
    RecoveryMailer mailer,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Ends all sessions and pending tokens and removes the credentials that were set since the sign-in. Mails a sign-in link to the
    /// address that the notice went to or, if the account has moved since, the link that undoes the change. Errors:
    /// <c>invalid_token</c>.
    /// </summary>
    public Task<Result> DisownAsync(string secret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (
                    await tokens.RedeemAsync(TokenPurpose.NotMe, secret, ct) is not { UserId: { } id } token
                    || OneTimeTokens.Payload<NotMePayload>(token) is not { } payload
                    || !EmailAddress.TryParse(payload.Email, out var notified)
                    || await users.LoadAsync(id, ct) is not { } user
                )
                {
                    return TokenErrors.InvalidToken;
                }

                // Lock the user's row first, as every operation that ends or starts sessions does.
                await users.ClaimAsync(user, ct);
                await foreign.EvictAsync(user, payload.Since ?? payload.SessionId, ct);
                audit.Record(AuditActions.SessionDisowned, AuditTarget.Session(payload.SessionId, user.Id), new { userId = user.Id }, user);
                await unitOfWork.FlushAsync(ct);
                await mailer.SendAsync(user, notified, ct);
                return Result.Success;
            },
            ct
        );
}
