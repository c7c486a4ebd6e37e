using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Telemetry;
using Roundtable.Application.Accounts;

namespace Roundtable.Api.Accounts;

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
    public async Task<ActionResult<ApiResponse<TwoFactorStatus>>> Get(CancellationToken ct) => Reply(await twoFactor.GetAsync(Caller, ct));

    /// <summary>Create a secret for the authenticator app, to start setup.</summary>
    /// <response code="200">The secret, which takes effect once confirmed.</response>
    [HttpPost("setup")]
    [Operation("setUpTwoFactor", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<TwoFactorSetup>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult<ApiResponse<TwoFactorSetup>>> SetUp(CancellationToken ct) =>
        Reply(await twoFactor.SetUpAsync(Caller, ct));

    /// <summary>Turn on two-factor authentication with a first code.</summary>
    /// <response code="200">Two-factor is on. The recovery codes are returned only once.</response>
    [HttpPost("confirm")]
    [Operation("confirmTwoFactor", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<RecoveryCodes>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult<ApiResponse<RecoveryCodes>>> Confirm(TwoFactorCodeRequest request, CancellationToken ct) =>
        Reply(await twoFactor.ConfirmAsync(Caller, request.Code, ct));

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
    ) => Reply(await twoFactor.ReplaceRecoveryCodesAsync(Caller, PresentFactorRequest.Shown(request), ct));

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
    ) => Reply(await twoFactor.TurnOffAsync(Caller, PresentFactorRequest.Shown(request), ct));

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

/// <summary>An authenticator app code.</summary>
public sealed record TwoFactorCodeRequest
{
    /// <summary>Six digits. Spaces between them are ignored.</summary>
    /// <example>492039</example>
    [TextPattern("^\\s*([0-9]\\s*){6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public required string Code { get; init; }
}

/// <summary>The current second factor, required to change it.</summary>
/// <example>{"code":"492039"}</example>
public sealed record PresentFactorRequest : IValidatableObject
{
    /// <summary>The authenticator app's six-digit code.</summary>
    /// <example>492039</example>
    [TextPattern("^[0-9]{6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public string? Code { get; init; }

    /// <summary>A recovery code, instead of a code. It is used up.</summary>
    /// <example>7K2M-9QXT-4W1N-8ZCR</example>
    [StringLength(64, ErrorMessage = "The recovery code is too long.")]
    public string? RecoveryCode { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Code is not null && RecoveryCode is not null)
        {
            yield return new FieldValidationResult(new("required", "Enter a code or a recovery code."), "code");
        }
    }

    internal static PresentFactor Shown(PresentFactorRequest? request) => new(request?.Code, request?.RecoveryCode);
}

/// <summary>The second factor of a sign-in.</summary>
/// <example>{"code":"492039","trustBrowser":false}</example>
public sealed record TwoFactorVerifyRequest : IValidatableObject
{
    /// <summary>The authenticator app's six-digit code. Spaces are ignored.</summary>
    /// <example>492039</example>
    [TextPattern("^\\s*([0-9]\\s*){6}$", "six_digits", ErrorMessage = "The code has six digits.")]
    public string? Code { get; init; }

    /// <summary>A recovery code, instead of a code. Case, spaces and hyphens are ignored; O is read as 0, and I and l as 1.</summary>
    /// <example>7K2M-9QXT-4W1N-8ZCR</example>
    [StringLength(64, ErrorMessage = "The recovery code is too long.")]
    public string? RecoveryCode { get; init; }

    /// <summary>Whether to skip the second factor in this browser for 30 days. Default: false.</summary>
    public bool TrustBrowser { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Code is null == RecoveryCode is null)
        {
            yield return new FieldValidationResult(new("required", "Enter a code or a recovery code."), "code");
        }
    }
}
