using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Webhooks;

/// <summary>Inspect and retry webhook deliveries.</summary>
[Route("api/v1/admin/webhooks/{id}")]
[Tags("Webhooks")]
public sealed class WebhookDeliveriesController(WebhookDeliveryService deliveries) : ApiController
{
    /// <summary>List an endpoint's deliveries, newest first, without their content.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="request">Filter and page.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">A page of deliveries.</response>
    [HttpGet("deliveries")]
    [Operation("listWebhookDeliveries")]
    [AllowApiKey]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<PagedList<WebhookDeliveryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<WebhookDeliveryDto>>>> List(
        string id,
        [FromQuery] DeliveryListRequest request,
        CancellationToken ct
    ) => Reply(await deliveries.ListAsync(id, request.Status, request.ToPage(), ct));

    /// <summary>Retrieve a delivery with the message that is sent.</summary>
    /// <remarks>
    /// The message is deleted once the endpoint accepts it, and shown only to callers with `webhooks:write` and `users:read`.
    /// </remarks>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="deliveryId">The delivery's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The delivery and its message.</response>
    [HttpGet("deliveries/{deliveryId}")]
    [Operation("getWebhookDelivery")]
    [AllowApiKey]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<WebhookMessageDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult<ApiResponse<WebhookMessageDto>>> Get(string id, string deliveryId, CancellationToken ct) =>
        Reply(await deliveries.GetAsync(Caller, id, deliveryId, ct));

    /// <summary>Retry a failed or pending delivery and reset its attempt count.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="deliveryId">The delivery's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="202">The message is queued for immediate delivery.</response>
    [HttpPost("deliveries/{deliveryId}/retry")]
    [Operation("retryWebhookDelivery")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Retry(string id, string deliveryId, CancellationToken ct) =>
        ReplyAccepted(await deliveries.RetryAsync(id, deliveryId, ct));

    /// <summary>Send a message of type <c>webhook.test</c> to test an endpoint.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="202">The message is queued. The list of deliveries shows the result.</response>
    [HttpPost("test")]
    [Operation("testWebhook")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Test(string id, CancellationToken ct) => ReplyAccepted(await deliveries.TestAsync(id, ct));
}
