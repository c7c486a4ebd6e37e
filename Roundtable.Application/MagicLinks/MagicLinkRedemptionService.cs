using Roundtable.Application.Common;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.MagicLinks;

/// <summary>Signs in with a mailed link or the code beside it.</summary>
[ScopedService]
public sealed class MagicLinkRedemptionService(
    MagicLinkTokens links,
    MagicLinkAccounts accounts,
    CallbackPolicy callbacks,
    WaitingBrowsers waiting,
    SignInCompletion signIn,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Redeems the link, once, and opens a session or requires the second factor. Creates the account of an unknown address; marks the
    /// address verified. Errors: <c>invalid_token</c>, <c>other_browser</c>, <c>invalid_callback</c>, <c>user_banned</c>.
    /// </summary>
    public async Task<Result<SignInOutcome>> RedeemAsync(string secret, MagicLinkBrowser browser, CancellationToken ct)
    {
        var found = await links.FindAsync(secret, browser.Secret, ct);
        return found.Failed ? found.Error! : await RedeemAsync(found.Value, browser.TrustSecret, ct);
    }

    /// <summary>
    /// Redeems the code in the browser that requested it, as the link. Errors: <c>invalid_token</c> for every wrong, used or dead code,
    /// <c>invalid_callback</c>, <c>user_banned</c>.
    /// </summary>
    public async Task<Result<SignInOutcome>> RedeemCodeAsync(string code, MagicLinkBrowser browser, CancellationToken ct)
    {
        var found = await links.FindByCodeAsync(code, browser.Secret, ct);
        return found.Failed ? found.Error! : await RedeemAsync(found.Value, browser.TrustSecret, ct);
    }

    private async Task<Result<SignInOutcome>> RedeemAsync(FoundMagicLink link, string? trustSecret, CancellationToken ct)
    {
        var outcome = await unitOfWork.ExecuteAsync<Result<SignInOutcome>>(
            async ct =>
            {
                if (!await links.ConsumeAsync(link, ct))
                {
                    return TokenErrors.InvalidToken;
                }

                if (!callbacks.Allows(link.Payload.CallbackUrl))
                {
                    return MagicLinkErrors.InvalidCallback;
                }

                var owner = await accounts.GetOrCreateAsync(link, ct);
                return owner.Failed
                    ? owner.Error!
                    : await signIn.CompleteAsync(
                        owner.Value.User,
                        new SignInRequest(SessionMethod.MagicLink, RememberMe: true, trustSecret)
                        {
                            IsNewUser = owner.Value.IsNew,
                            CallbackUrl = link.Payload.CallbackUrl,
                        },
                        ct
                    );
            },
            ct
        );
        if (!outcome.Failed)
        {
            waiting.Notify(link.Token.Id);
        }

        return outcome;
    }
}

/// <summary>The secrets of the redeeming browser.</summary>
/// <param name="Secret">The secret of its own request for a link; null if it made none.</param>
/// <param name="TrustSecret">A trusted browser's secret, which skips the second factor.</param>
public sealed record MagicLinkBrowser(string? Secret, string? TrustSecret)
{
    /// <summary>Hides the secrets.</summary>
    public override string ToString() => nameof(MagicLinkBrowser);
}
