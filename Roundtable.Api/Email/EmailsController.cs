using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Email;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Email;

/// <summary>Inspect and retry outgoing mail.</summary>
[Route("api/v1/admin/emails")]
[Tags("Emails")]
public sealed class EmailsController(OutboxService outbox) : ApiController
{
    /// <summary>List mails, newest first, without their content.</summary>
    /// <response code="200">A page of mails.</response>
    [HttpGet]
    [Operation("listEmails")]
    [AllowApiKey]
    [RequirePermission(Permissions.EmailsRead)]
    [ProducesResponseType<ApiResponse<PagedList<OutboxMailDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<OutboxMailDto>>>> List(
        [FromQuery] EmailListRequest request,
        CancellationToken ct
    ) => Reply(await outbox.ListAsync(new OutboxFilter(request.Status, request.UserId), request.ToPage(), ct));

    /// <summary>Retry many failed or pending mails and reset their attempt counts.</summary>
    /// <remarks>One failure does not affect the others. If `more` is true, repeat the request for the remaining mails.</remarks>
    /// <param name="request">The mails.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The result for each mail.</response>
    [HttpPost("retry")]
    [Operation("retryEmails")]
    [AllowApiKey]
    [RequirePermission(Permissions.EmailsRetry)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<MailRetryDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<MailRetryDto>>> RetryMany(RetryEmailsRequest request, CancellationToken ct) =>
        Reply(await request.RunAsync(outbox, ct));

    /// <summary>Retry a failed or pending mail and reset its attempt count.</summary>
    /// <param name="id">The mail's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="202">The mail is queued for immediate delivery.</response>
    [HttpPost("{id}/retry")]
    [Operation("retryEmail")]
    [AllowApiKey]
    [RequirePermission(Permissions.EmailsRetry)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Retry(string id, CancellationToken ct) => ReplyAccepted(await outbox.RetryAsync(id, ct));

    /// <summary>Send yourself a test mail, in the way that all mails are sent.</summary>
    /// <remarks>It is in the list of mails under your id, with template <c>test</c> and how it went.</remarks>
    /// <response code="202">The mail is queued for immediate delivery.</response>
    [HttpPost("test")]
    [Operation("sendTestEmail")]
    [AuthRateLimit]
    [RequirePermission(Permissions.EmailsRetry)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("not_while_impersonating")]
    public async Task<ActionResult> Test([FromServices] TestMailService test, CancellationToken ct) =>
        ReplyAccepted(await test.SendAsync(Session, ct));
}
