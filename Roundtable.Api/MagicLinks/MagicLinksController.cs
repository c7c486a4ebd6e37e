using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Accounts;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Telemetry;
using Roundtable.Application.Accounts;
using Roundtable.Application.MagicLinks;
using Roundtable.Domain.Users;

namespace Roundtable.Api.MagicLinks;

/// <summary>Signing in by a mailed link.</summary>
[Route("api/v1/auth/magic-link")]
[Tags("Auth")]
public sealed class MagicLinksController(
    MagicLinkService links,
    MagicLinkRedeemer redeemer,
    RoundtableSignInManager signInManager,
    SignInViews views
) : SignInController(signInManager, views)
{
    /// <summary>Mail a link that signs in.</summary>
    /// <remarks>The answer is the same for every address, and so is the time it takes. The newest link replaces older ones.</remarks>
    /// <response code="202">The mail is on its way, where there is one to send.</response>
    [HttpPost]
    [Operation("requestMagicLink", LogType = "auth")]
    [EvenTime]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "invalid_callback", "rate_limited")]
    public async Task<ActionResult> Send(MagicLinkRequest request, CancellationToken ct)
    {
        if (!request.CallbackUrl.IsText)
        {
            return Problem(MagicLinkErrors.InvalidCallback);
        }

        _ = EmailAddress.TryParse(request.Email, out var email);
        return ReplyAccepted(await links.RequestAsync(email, request.Name, request.CallbackUrl.Value, ct));
    }

    /// <summary>Sign in with the secret of a link.</summary>
    /// <remarks>Works once. The page that the link opens asks first and then posts, so that mail scanners use nothing up.</remarks>
    /// <response code="200">Signed in, or the second step is to come.</response>
    [HttpPost("verify")]
    [Operation("verifyMagicLink", LogType = "auth")]
    [CountsSignIn("magic_link")]
    [CountsRedemption("magic_link")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_token", "invalid_callback", "user_banned", "rate_limited")]
    public async Task<ActionResult> Verify(TokenRequest request, CancellationToken ct) =>
        await ReplySignIn(await redeemer.RedeemAsync(request.Token, TrustSecret, ct));
}
