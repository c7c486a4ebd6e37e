using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.MagicLinks;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.Telemetry;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Accounts;

/// <summary>Verifying and changing addresses.</summary>
[Route("api/v1/auth/email")]
[Tags("Auth")]
public sealed class EmailController(VerificationMailer verification, EmailChange change) : ApiController
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
        return ReplyAccepted(await verification.RequestAsync(email, ct));
    }

    /// <summary>Verify an address with the secret of a link.</summary>
    /// <response code="204">The address is verified.</response>
    [HttpPost("verify")]
    [Operation("verifyEmail", LogType = "auth")]
    [CountsRedemption("email_verification")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> Verify(TokenRequest request, CancellationToken ct) => Reply(await verification.VerifyAsync(request.Token, ct));

    /// <summary>Ask for a new address.</summary>
    /// <remarks>A link goes to the new address or, where that has an account, a note to its owner. The answer is the same.</remarks>
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
    public async Task<ActionResult> ConfirmChange(TokenRequest request, CancellationToken ct) => Reply(await change.ConfirmAsync(request.Token, ct));

    /// <summary>Undo a change of address with the secret of the notice.</summary>
    /// <remarks>Every session and every pending link ends.</remarks>
    /// <response code="204">The account has its old address back.</response>
    [HttpPost("change/undo")]
    [Operation("undoEmailChange", LogType = "security")]
    [CountsRedemption("email_change_undo")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("validation_failed", "invalid_token", "rate_limited")]
    public async Task<ActionResult> UndoChange(TokenRequest request, CancellationToken ct) => Reply(await change.UndoAsync(request.Token, ct));
}

/// <summary>Names a new address.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new address.</summary>
    /// <example>ada.king@example.com</example>
    [Mailbox]
    public required string NewEmail { get; init; }
}
