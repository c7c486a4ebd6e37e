using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.Accounts;
using Roundtable.Application.Passwords;
using Roundtable.Application.SignIn;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Passwords;

/// <summary>Sign up and sign in with a password.</summary>
[Route("api/v1/auth")]
[Tags("Auth")]
[PasswordFeature]
public sealed class PasswordsController(
    SignUpService signUp,
    PasswordSignInService signIn,
    PasswordRecoveryService recovery,
    PasswordChangeService change,
    RoundtableSignInManager signInManager,
    SignInQueryService views
) : SignInController(signInManager, views)
{
    /// <summary>Sign up with a password.</summary>
    /// <remarks>
    /// Mails a verification link or, if the address has an account, a notice to its owner. The response is the same. Its cookie
    /// identifies this browser when the address is verified.
    /// </remarks>
    /// <response code="202">A mail is queued.</response>
    [HttpPost("sign-up")]
    [Operation("signUp", LogType = "auth")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "rate_limited")]
    public async Task<ActionResult> SignUp(SignUpRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        var result = await signUp.RegisterAsync(email, request.Password, request.Name, ct);
        if (!result.Failed)
        {
            SecretCookie.SignUpBrowser.Write(HttpContext, result.Value);
        }

        return ReplyAccepted(result);
    }

    /// <summary>Sign in with a password.</summary>
    /// <remarks>Returns the same error for unknown, wrong, locked and unverified. With two-factor on, the second step follows.</remarks>
    /// <response code="200">Signed in, or a second factor is required.</response>
    [HttpPost("sign-in")]
    [Operation("signIn", LogType = "auth")]
    [CountsSignIn("password")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_credentials", "user_banned", "rate_limited")]
    public async Task<ActionResult> SignInWithPassword(SignInRequest request, CancellationToken ct) =>
        await ReplySignIn(
            await signIn.SignInAsync(new PasswordSignInRequest(request.Email, request.Password, request.RememberMe, TrustSecret), ct)
        );

    /// <summary>Re-authenticate to make the session fresh.</summary>
    /// <response code="204">The session is fresh.</response>
    [HttpPost("reauthenticate")]
    [Operation("reauthenticate", LogType = "auth")]
    [NotWhileImpersonating]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_credentials", "two_factor_required", "not_while_impersonating", "rate_limited")]
    public async Task<ActionResult> Reauthenticate(
        ReauthenticateRequest request,
        [FromServices] ReauthenticationService reauthentication,
        CancellationToken ct
    ) => Reply(await reauthentication.RunAsync(Session, request.Password, request.Code, ct));

    /// <summary>Request a password-reset link.</summary>
    /// <response code="202">The mail is queued if there is an account.</response>
    [HttpPost("password/forgot")]
    [Operation("forgotPassword", LogType = "auth")]
    [ConstantTime]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "rate_limited")]
    public async Task<ActionResult> Forgot(EmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        return ReplyAccepted(await recovery.RequestAsync(email, ct));
    }

    /// <summary>Reset a password with a link's token.</summary>
    /// <remarks>Ends all sessions. The link stays valid if the password is rejected.</remarks>
    /// <response code="204">The password was set.</response>
    [HttpPost("password/reset")]
    [Operation("resetPassword", LogType = "security")]
    [CountsRedemption("password_reset")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> Reset(ResetPasswordRequest request, [FromServices] PasswordResetService reset, CancellationToken ct) =>
        Reply(await reset.ResetAsync(request.Token, request.NewPassword, request.ToScope(), ct));

    /// <summary>Change or set your password.</summary>
    /// <remarks>Ends your other sessions.</remarks>
    /// <response code="204">The password was changed.</response>
    [HttpPost("password/change")]
    [Operation("changePassword", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_credentials", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult> Change(ChangePasswordRequest request, CancellationToken ct) =>
        Reply(await change.ChangeAsync(Session, request.CurrentPassword, request.NewPassword, ct));
}
