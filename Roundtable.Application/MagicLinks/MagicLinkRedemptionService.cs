using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.MagicLinks;

/// <summary>Signs in with a mailed link.</summary>
[ScopedService]
public sealed class MagicLinkRedemptionService(
    OneTimeTokens tokens,
    MagicLinkAccounts accounts,
    CallbackPolicy callbacks,
    SignInCompletion signIn,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Redeems the link, once, and opens a session or requires the second factor. Creates the account of an unknown address; marks the
    /// address verified. Errors: <c>invalid_token</c>, <c>invalid_callback</c>, <c>user_banned</c>.
    /// </summary>
    /// <param name="trustSecret">A trusted browser's secret, which skips the second factor.</param>
    public Task<Result<SignInOutcome>> RedeemAsync(string secret, string? trustSecret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<SignInOutcome>>(
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

                var owner = await accounts.GetOrCreateAsync(token, payload, ct);
                if (owner.Failed)
                {
                    return owner.Error!;
                }

                var (user, isNew) = owner.Value;
                audit.Record(AuditActions.MagicLinkRedeemed, AuditTarget.User(user.Id), actor: user);
                return await signIn.CompleteAsync(
                    user,
                    new SignInRequest(SessionMethod.MagicLink, RememberMe: true, trustSecret)
                    {
                        IsNewUser = isNew,
                        CallbackUrl = payload.CallbackUrl,
                    },
                    ct
                );
            },
            ct
        );
}
