using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.Common;
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
    MagicLinkStatusService status,
    IOptions<AuthOptions> auth,
    RoundtableSignInManager signInManager,
    SignInQueryService views
) : SignInController(signInManager, views)
{
    /// <summary>Mail a sign-in link.</summary>
    /// <remarks>
    /// The mail has a link and a code. The response and its timing are the same for every address; its cookie identifies this browser.
    /// The newest link replaces older ones.
    /// </remarks>
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
        var result = await links.RequestAsync(email, request.ToData(SecretCookie.MagicLink.Read(HttpContext)), ct);
        if (!result.Failed)
        {
            SecretCookie.MagicLink.Write(HttpContext, result.Value, lifetime: auth.Value.MagicLink.Lifetime);
        }

        return ReplyAccepted(result);
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
    [ProducesErrors("validation_failed", "invalid_token", "other_browser", "invalid_callback", "user_banned", "rate_limited")]
    public async Task<ActionResult> Verify(TokenRequest request, CancellationToken ct) =>
        await ReplySignIn(await redeemer.RedeemAsync(request.Token, Browser, ct));

    /// <summary>Sign in with a mailed code.</summary>
    /// <remarks>
    /// Works only in the browser that requested it. Case, spaces, hyphens and similar characters are ignored. Five attempts per request;
    /// the link stays valid afterwards. Every wrong code has the same response.
    /// </remarks>
    /// <response code="200">Signed in, or a second factor is required.</response>
    [HttpPost("code")]
    [Operation("verifyMagicLinkCode", LogType = "auth")]
    [CountsSignIn("magic_link")]
    [CountsRedemption("magic_link_code")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_token", "invalid_callback", "user_banned", "rate_limited")]
    public async Task<ActionResult> VerifyCode(CodeRequest request, CancellationToken ct) =>
        await ReplySignIn(await redeemer.RedeemCodeAsync(request.Code, Browser, ct));

    /// <summary>Get the state of this browser's request for a link.</summary>
    /// <remarks>
    /// With <c>wait</c>, the response is held back until the link is used or expires, at most that long. A link that is used in another
    /// browser does not sign in this one.
    /// </remarks>
    /// <response code="200">The request's state.</response>
    [HttpGet("pending")]
    [Operation("getPendingMagicLink")]
    [AllowAnonymous]
    [ProducesResponseType<ApiResponse<PendingMagicLinkDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_found")]
    public async Task<ActionResult<ApiResponse<PendingMagicLinkDto>>> Pending(
        [FromQuery] PendingRequest request,
        [FromServices] IHostApplicationLifetime lifetime,
        CancellationToken ct
    )
    {
        var secret = SecretCookie.MagicLink.Read(HttpContext);
        return Reply(await status.WaitAsync(secret, TimeSpan.FromSeconds(request.Wait), lifetime.ApplicationStopping, ct));
    }

    /// <summary>Describe a link without using it.</summary>
    /// <remarks>A page shows it before it posts a link that was requested in another browser.</remarks>
    /// <response code="200">Where and when the link was requested.</response>
    [HttpPost("inspect")]
    [Operation("inspectMagicLink")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<MagicLinkInfoDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult<ApiResponse<MagicLinkInfoDto>>> Inspect(TokenRequest request, CancellationToken ct) =>
        Reply(await status.InspectAsync(request.Token, SecretCookie.MagicLink.Read(HttpContext), ct));

    private MagicLinkBrowser Browser => new(SecretCookie.MagicLink.Read(HttpContext), TrustSecret);
}
