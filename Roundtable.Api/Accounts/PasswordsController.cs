using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Telemetry;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Accounts;

/// <summary>Signing in by password.</summary>
[Route("api/v1/auth")]
[Tags("Auth")]
[PasswordFeature]
public sealed class PasswordsController(
    SignUp signUp,
    PasswordSignIn signIn,
    PasswordRecovery recovery,
    PasswordChange change,
    RoundtableSignInManager signInManager,
    SignInViews views
) : SignInController(signInManager, views)
{
    /// <summary>Register with a password.</summary>
    /// <remarks>
    /// Mails a verification link or, where the address has an account, a note to its owner. The answer is the same: by its cookie
    /// this browser is recognised when the address is verified.
    /// </remarks>
    /// <response code="202">A mail is on its way.</response>
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
    /// <remarks>One answer for unknown, wrong, locked and unverified. With two-factor on, the second step follows.</remarks>
    /// <response code="200">Signed in, or the second step is to come.</response>
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

    /// <summary>Prove again who you are, so that the session is fresh.</summary>
    /// <response code="204">The session is fresh.</response>
    [HttpPost("reauthenticate")]
    [Operation("reauthenticate", LogType = "auth")]
    [NotWhileImpersonating]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_credentials", "two_factor_required", "not_while_impersonating", "rate_limited")]
    public async Task<ActionResult> Reauthenticate(
        ReauthenticateRequest request,
        [FromServices] Reauthentication reauthentication,
        CancellationToken ct
    ) => Reply(await reauthentication.RunAsync(Caller, request.Password, request.Code, ct));

    /// <summary>Ask for a link that sets a new password.</summary>
    /// <response code="202">The mail is on its way, where there is an account.</response>
    [HttpPost("password/forgot")]
    [Operation("forgotPassword", LogType = "auth")]
    [EvenTime]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "rate_limited")]
    public async Task<ActionResult> Forgot(EmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        return ReplyAccepted(await recovery.RequestAsync(email, ct));
    }

    /// <summary>Set a new password with the secret of a link.</summary>
    /// <remarks>All sessions end. A password that is refused leaves the link usable.</remarks>
    /// <response code="204">The password is set.</response>
    [HttpPost("password/reset")]
    [Operation("resetPassword", LogType = "security")]
    [CountsRedemption("password_reset")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> Reset(ResetPasswordRequest request, CancellationToken ct) =>
        Reply(await recovery.ResetAsync(request.Token, request.NewPassword, request.RemovePasskeys, ct));

    /// <summary>Change or set your password.</summary>
    /// <remarks>Your other sessions end.</remarks>
    /// <response code="204">The password is changed.</response>
    [HttpPost("password/change")]
    [Operation("changePassword", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_credentials", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult> Change(ChangePasswordRequest request, CancellationToken ct) =>
        Reply(await change.ChangeAsync(Caller, request.CurrentPassword, request.NewPassword, ct));
}
