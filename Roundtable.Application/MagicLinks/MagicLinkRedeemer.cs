using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.MagicLinks;

/// <summary>Signs in with a mailed link.</summary>
public sealed class MagicLinkRedeemer(
    OneTimeTokens tokens, MailboxOwners owners, CallbackPolicy callbacks, SignIn signIn, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>
    /// Takes the link, once, and opens a session. Makes the account of an unknown address; marks the address verified.
    /// Errors: <c>invalid_token</c>, <c>invalid_callback</c>, <c>user_banned</c>.
    /// </summary>
    public Task<Result<SignedIn>> RedeemAsync(string secret, CancellationToken ct) => unitOfWork.ExecuteAsync<Result<SignedIn>>(
        async ct =>
        {
            var token = await tokens.RedeemAsync(TokenPurpose.MagicLink, secret, ct);
            if (token is null || OneTimeTokens.Payload<MagicLinkPayload>(token) is not { } payload)
            {
                return TokenErrors.InvalidToken;
            }

            if (!callbacks.Allows(payload.CallbackUrl))
            {
                return MagicLinkErrors.InvalidCallback;
            }

            var owner = await owners.ArriveAsync(token, payload, ct);
            if (owner.Failed)
            {
                return owner.Error!;
            }

            var (user, isNew) = owner.Value;
            audit.Record(AuditActions.MagicLinkRedeemed, AuditTarget.User(user.Id), actor: user);
            var signedIn = await signIn.CompleteAsync(user, SessionMethod.MagicLink, rememberMe: true, ct);
            return signedIn.Failed ? signedIn : signedIn.Value with { IsNewUser = isNew, CallbackUrl = payload.CallbackUrl };
        },
        ct);
}
