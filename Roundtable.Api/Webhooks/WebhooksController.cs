using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Webhooks;

/// <summary>Manage endpoints that receive signed event messages.</summary>
[Route("api/v1/admin/webhooks")]
[Tags("Webhooks")]
public sealed class WebhooksController(WebhookService webhooks) : ApiController
{
    /// <summary>List webhook endpoints.</summary>
    /// <response code="200">All endpoints, oldest first, without their secrets.</response>
    [HttpGet]
    [Operation("listWebhooks")]
    [AllowApiKey]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<PagedList<WebhookDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<WebhookDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await webhooks.ListAsync(ct), request, w => w.Id);

    /// <summary>List the event types.</summary>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The names of all event types, sorted.</response>
    [HttpGet("events")]
    [Operation("listWebhookEvents")]
    [AllowApiKey]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<IReadOnlyList<string>>>(StatusCodes.Status200OK)]
    public ActionResult<ApiResponse<IReadOnlyList<string>>> Events(CancellationToken ct) =>
        Ok(Envelope<IReadOnlyList<string>>([.. EventTypes.All.Order(StringComparer.Ordinal)]));

    /// <summary>Retrieve an endpoint.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The endpoint, with its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getWebhook")]
    [AllowApiKey]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<WebhookDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyWebhook(await webhooks.GetAsync(id, ct));

    /// <summary>Create an endpoint.</summary>
    /// <remarks>The secret is returned only in this response.</remarks>
    /// <param name="request">The endpoint to create.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The endpoint and its secret.</response>
    [HttpPost]
    [Operation("createWebhook", LogType = "security")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WebhookSecretDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult> Create(CreateWebhookRequest request, CancellationToken ct)
    {
        var result = await webhooks.CreateAsync(
            Session,
            new WebhookChanges(request.Url, request.Description, request.Events ?? [], Enabled: true),
            ct
        );
        return result.Failed
            ? Problem(result.Error!)
            : Created($"/api/v1/admin/webhooks/{result.Value.Webhook.Id}", Envelope(result.Value));
    }

    /// <summary>Update an endpoint.</summary>
    /// <remarks>Omitted members keep their value.</remarks>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated endpoint.</response>
    [HttpPatch("{id}")]
    [Operation("updateWebhook", LogType = "security")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WebhookDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Update(string id, UpdateWebhookRequest request, CancellationToken ct) =>
        ReplyWebhook(await webhooks.ChangeAsync(Session, id, request.ToPatch(), Request.IfMatch(), ct));

    /// <summary>Delete an endpoint. Pending messages are no longer sent.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The endpoint was deleted.</response>
    [HttpDelete("{id}")]
    [Operation("deleteWebhook", LogType = "security")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) => Reply(await webhooks.DeleteAsync(id, Request.IfMatch(), ct));

    /// <summary>Rotate an endpoint's secret.</summary>
    /// <remarks>For a while, messages are also signed with the old secret, so that the receiver can switch over.</remarks>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The endpoint and its new secret, returned only in this response.</response>
    [HttpPost("{id}/rotate-secret")]
    [Operation("rotateWebhookSecret", LogType = "security")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<WebhookSecretDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found")]
    public async Task<ActionResult<ApiResponse<WebhookSecretDto>>> Rotate(string id, CancellationToken ct) =>
        Reply(await webhooks.RotateAsync(id, ct));

    private ActionResult ReplyWebhook(Result<WebhookDto> result)
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        Response.SetVersion(result.Value.Version);
        return Ok(Envelope(result.Value));
    }
}
