using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.MagicLinks;
using Roundtable.Api.Operations;
using Roundtable.Api.Passwords;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Domain.Users;

namespace Roundtable.Api.EmailAddresses;

/// <summary>Verify and change e-mail addresses.</summary>
[Route("api/v1/auth/email")]
[Tags("Auth")]
public sealed class EmailController(
    VerificationMailService mailer,
    EmailVerificationService verification,
    EmailChangeService change,
    EmailChangeLinkService links,
    IOptions<AppOptions> app
) : ApiController
{
    /// <summary>Resend the verification link.</summary>
    /// <response code="202">The mail is queued if an account needs it.</response>
    [HttpPost("verification")]
    [Operation("requestEmailVerification", LogType = "auth")]
    [ConstantTime]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "rate_limited")]
    public async Task<ActionResult> RequestVerification(EmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        return ReplyAccepted(await mailer.RequestAsync(email, ct));
    }

    /// <summary>Verify an e-mail address with a link's token.</summary>
    /// <remarks>
    /// The sign-up password is kept only if the request comes from the browser that signed up or contains the password. Otherwise
    /// it is removed, because the mail proves who owns the address, not who chose the password. If the account has no password,
    /// the header <c>Link: …; rel="next"</c> points to the page that mails a sign-in link.
    /// </remarks>
    /// <response code="204">The address was verified.</response>
    [HttpPost("verify")]
    [Operation("verifyEmail", LogType = "auth")]
    [CountsRedemption("email_verification")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> Verify(VerifyEmailRequest request, CancellationToken ct)
    {
        var browserSecret = SecretCookie.SignUpBrowser.Read(HttpContext);
        var result = await verification.VerifyAsync(new EmailProof(request.Token, request.Password, browserSecret), ct);
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        if (!result.Value.HasPassword)
        {
            Response.Headers.Link = $"<{app.Value.PublicUrl.TrimEnd('/')}/sign-in>; rel=\"next\"";
        }

        return NoContent();
    }

    /// <summary>Request a change of e-mail address.</summary>
    /// <remarks>
    /// Mails a link to the new address or, if that has an account, a notice to its owner. The response is the same. The link is
    /// valid while this session lasts.
    /// </remarks>
    /// <response code="202">A mail is queued.</response>
    [HttpPost("change")]
    [Operation("requestEmailChange", LogType = "security")]
    [ConstantTime]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<ActionResult> RequestChange(ChangeEmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.NewEmail, out var email);
        return ReplyAccepted(await change.RequestAsync(Session, email, ct));
    }

    /// <summary>Confirm a new e-mail address with a link's token.</summary>
    /// <remarks>Ends other sessions and pending links. The old address receives a notice with an undo link.</remarks>
    /// <response code="204">The address was changed.</response>
    [HttpPost("change/confirm")]
    [Operation("confirmEmailChange", LogType = "security")]
    [CountsRedemption("email_change")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> ConfirmChange(TokenRequest request, CancellationToken ct) =>
        Reply(await links.ConfirmAsync(request.Token, ct));

    /// <summary>Undo an e-mail change with the token of the notice.</summary>
    /// <remarks>
    /// Ends all sessions and pending links and removes passwords, passkeys and second factors that were set since the change was
    /// requested. An account created at the old address since then is deleted, unless it holds a role beyond <c>user</c>.
    /// </remarks>
    /// <response code="204">The old address was restored.</response>
    [HttpPost("change/undo")]
    [Operation("undoEmailChange", LogType = "security")]
    [CountsRedemption("email_change_undo")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "conflict", "rate_limited")]
    public async Task<ActionResult> UndoChange(TokenRequest request, CancellationToken ct) =>
        Reply(await links.UndoAsync(request.Token, ct));
}
