using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.MagicLinks;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Telemetry;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Accounts;

/// <summary>Verifying and changing addresses.</summary>
[Route("api/v1/auth/email")]
[Tags("Auth")]
public sealed class EmailController(
    VerificationMailer mailer,
    EmailVerification verification,
    EmailChange change,
    EmailChangeLinks links,
    IOptions<AppOptions> app
) : ApiController
{
    /// <summary>Mail the verification link again.</summary>
    /// <response code="202">The mail is on its way, where there is an account that needs it.</response>
    [HttpPost("verification")]
    [Operation("requestEmailVerification", LogType = "auth")]
    [EvenTime]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "rate_limited")]
    public async Task<ActionResult> RequestVerification(EmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.Email, out var email);
        return ReplyAccepted(await mailer.RequestAsync(email, ct));
    }

    /// <summary>Verify an address with the secret of a link.</summary>
    /// <remarks>
    /// The password of the sign-up stays where the browser that signed up asks, or the body carries it. Elsewhere it is removed:
    /// the mail shows who owns the address, not who typed the password. Where the account has no password, the header <c>Link: …;
    /// rel="next"</c> leads to the page that mails a sign-in link.
    /// </remarks>
    /// <response code="204">The address is verified.</response>
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

    /// <summary>Ask for a new address.</summary>
    /// <remarks>
    /// A link goes to the new address or, where that has an account, a note to its owner. The answer is the same. The link works
    /// while this session lives.
    /// </remarks>
    /// <response code="202">A mail is on its way.</response>
    [HttpPost("change")]
    [Operation("requestEmailChange", LogType = "security")]
    [EvenTime]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "rate_limited")]
    public async Task<ActionResult> RequestChange(ChangeEmailRequest request, CancellationToken ct)
    {
        _ = EmailAddress.TryParse(request.NewEmail, out var email);
        return ReplyAccepted(await change.RequestAsync(Caller, email, ct));
    }

    /// <summary>Confirm a new address with the secret of a link.</summary>
    /// <remarks>Other sessions and pending links end; the old address gets a notice with the way back.</remarks>
    /// <response code="204">The account has the new address.</response>
    [HttpPost("change/confirm")]
    [Operation("confirmEmailChange", LogType = "security")]
    [CountsRedemption("email_change")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> ConfirmChange(TokenRequest request, CancellationToken ct) =>
        Reply(await links.ConfirmAsync(request.Token, ct));

    /// <summary>Undo a change of address with the secret of the notice.</summary>
    /// <remarks>
    /// Every session and every pending link ends; a password, passkeys and a second factor that were set since the change was
    /// asked for are removed. An account that was created at the old address since gives way, unless it holds a role beyond <c>user</c>.
    /// </remarks>
    /// <response code="204">The account has its old address back.</response>
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

/// <summary>Shows that mail to the address arrives.</summary>
public sealed record VerifyEmailRequest
{
    /// <summary>What stands behind <c>#token=</c> in the link.</summary>
    /// <example>kX9vJ2mQ7yT4wB1nZ8cL5rH3dF6gS0pAeUiOxKqWzYM</example>
    [StringLength(256, ErrorMessage = "The token is too long.")]
    public required string Token { get; init; }

    /// <summary>The password of the sign-up, to keep it where another browser asks than the one that signed up.</summary>
    /// <example>correct horse battery</example>
    [AsTyped]
    [StringLength(1024, ErrorMessage = "The password is too long.")]
    public string? Password { get; init; }
}

/// <summary>Names a new address.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new address.</summary>
    /// <example>ada.king@example.com</example>
    [Mailbox]
    public required string NewEmail { get; init; }
}
