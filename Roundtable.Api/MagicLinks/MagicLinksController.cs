using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.SignIn;
using Roundtable.Domain.Users;

namespace Roundtable.Api.MagicLinks;

/// <summary>Sign in with a mailed link.</summary>
[Route("api/v1/auth/magic-link")]
[Tags("Auth")]
public sealed class MagicLinksController(
    MagicLinkService links,
    MagicLinkRedemptionService redeemer,
    RoundtableSignInManager signInManager,
    SignInQueryService views
) : SignInController(signInManager, views)
{
    /// <summary>Mail a sign-in link.</summary>
    /// <remarks>The response and its timing are the same for every address. The newest link replaces older ones.</remarks>
    /// <response code="202">The mail is queued if there is one to send.</response>
    [HttpPost]
    [Operation("requestMagicLink", LogType = "auth")]
    [ConstantTime]
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

    /// <summary>Sign in with a link's token.</summary>
    /// <remarks>Works once. The linked page asks before it posts, so that mail scanners do not use up the token.</remarks>
    /// <response code="200">Signed in, or a second factor is required.</response>
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
