using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Emails;

/// <summary>Mail on its way out.</summary>
[Route("api/v1/admin/emails")]
[Tags("Emails")]
public sealed class EmailsController(OutboxService outbox) : ApiController
{
    /// <summary>List mails, newest first; never what they say.</summary>
    /// <response code="200">A piece of the list.</response>
    [HttpGet]
    [Operation("listEmails")]
    [RequirePermission(Permissions.EmailsRead)]
    [ProducesResponseType<ApiResponse<PagedList<OutboxMailDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<OutboxMailDto>>>> List(
        [FromQuery] EmailListRequest request,
        CancellationToken ct
    ) => Reply(await outbox.ListAsync(new OutboxFilter(request.Status, request.UserId), request.ToPage(), ct));

    /// <summary>Send a failed or waiting mail again, its attempts counted anew.</summary>
    /// <param name="id">The mail's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="202">It is tried now.</response>
    [HttpPost("{id}/retry")]
    [Operation("retryEmail")]
    [RequirePermission(Permissions.EmailsRetry)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Retry(string id, CancellationToken ct) => ReplyAccepted(await outbox.RetryAsync(id, ct));
}

/// <summary>Which mails.</summary>
public sealed record EmailListRequest : ListRequest
{
    /// <summary>Where they stand.</summary>
    public OutboxStatus? Status { get; init; }

    /// <summary>The id of the account that they concern. Mails that outlive an account concern none.</summary>
    [StringLength(36, ErrorMessage = "This is not an id.")]
    public string? UserId { get; init; }
}
