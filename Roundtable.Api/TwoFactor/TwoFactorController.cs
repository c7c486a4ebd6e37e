using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.SignIn;
using Roundtable.Application.TwoFactor;

namespace Roundtable.Api.TwoFactor;

/// <summary>Two-factor authentication.</summary>
[Route("api/v1/auth/two-factor")]
[Tags("TwoFactor")]
public sealed class TwoFactorController(
    TwoFactorService twoFactor,
    TwoFactorSignInService signIn,
    RoundtableSignInManager signInManager,
    SignInQueryService views
) : SignInController(signInManager, views)
{
    /// <summary>Retrieve the two-factor status.</summary>
    /// <response code="200">The status.</response>
    [HttpGet]
    [Operation("getTwoFactor")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<TwoFactorStatus>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<TwoFactorStatus>>> Get(CancellationToken ct) => Reply(await twoFactor.GetAsync(Session, ct));

    /// <summary>Create a secret for the authenticator app, to start setup.</summary>
    /// <response code="200">The secret, which takes effect once confirmed.</response>
    [HttpPost("setup")]
    [Operation("setUpTwoFactor", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<TwoFactorSetup>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult<ApiResponse<TwoFactorSetup>>> SetUp(CancellationToken ct) =>
        Reply(await twoFactor.SetUpAsync(Session, ct));

    /// <summary>Turn on two-factor authentication with a first code.</summary>
    /// <response code="200">Two-factor is on. The recovery codes are returned only once.</response>
    [HttpPost("confirm")]
    [Operation("confirmTwoFactor", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<RecoveryCodes>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult<ApiResponse<RecoveryCodes>>> Confirm(TwoFactorCodeRequest request, CancellationToken ct) =>
        Reply(await twoFactor.ConfirmAsync(Session, request.Code, ct));

    /// <summary>Replace the recovery codes; the old ones stop working.</summary>
    /// <remarks>Requires the current factor: a code or a recovery code.</remarks>
    /// <response code="200">The recovery codes, returned only once.</response>
    [HttpPost("recovery-codes")]
    [Operation("replaceRecoveryCodes", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<RecoveryCodes>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "invalid_credentials",
        "session_not_fresh",
        "not_while_impersonating",
        "two_factor_required",
        "conflict"
    )]
    public async Task<ActionResult<ApiResponse<RecoveryCodes>>> ReplaceRecoveryCodes(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] PresentFactorRequest? request,
        CancellationToken ct
    ) => Reply(await twoFactor.ReplaceRecoveryCodesAsync(Session, PresentFactorRequest.Shown(request), ct));

    /// <summary>Turn off two-factor authentication.</summary>
    /// <remarks>While two-factor is on, requires the current factor: a code or a recovery code.</remarks>
    /// <response code="204">Two-factor is off.</response>
    [HttpDelete]
    [Operation("turnOffTwoFactor", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_credentials", "session_not_fresh", "not_while_impersonating", "two_factor_required")]
    public async Task<ActionResult> TurnOff(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] PresentFactorRequest? request,
        CancellationToken ct
    ) => Reply(await twoFactor.TurnOffAsync(Session, PresentFactorRequest.Shown(request), ct));

    /// <summary>Complete a sign-in with the second factor.</summary>
    /// <remarks>Takes a code or a recovery code. Five wrong ones end the attempt.</remarks>
    /// <response code="200">Signed in. The session cookie is set.</response>
    [HttpPost("verify")]
    [Operation("verifyTwoFactor", LogType = "auth")]
    [CountsSignIn("two_factor")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_credentials", "user_banned", "rate_limited")]
    public async Task<ActionResult> Verify(TwoFactorVerifyRequest request, CancellationToken ct)
    {
        var challenge = SecretCookie.TwoFactorChallenge.Read(HttpContext);
        var result = await signIn.VerifyAsync(new TwoFactorAnswer(challenge, request.Code, request.RecoveryCode, request.TrustBrowser), ct);
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        SignInManager.Trust(result.Value);
        return await ReplySignedIn(result.Value.SignedIn);
    }
}
