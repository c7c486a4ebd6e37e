using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Webhooks;

/// <summary>Messages on their way to endpoints.</summary>
[Route("api/v1/admin/webhooks/{id}")]
[Tags("Webhooks")]
public sealed class WebhookDeliveriesController(WebhookDeliveries deliveries) : ApiController
{
    /// <summary>List an endpoint's messages, newest first; never what they say.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="request">Which of them.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">A piece of the list.</response>
    [HttpGet("deliveries")]
    [Operation("listWebhookDeliveries")]
    [RequirePermission(Permissions.WebhooksRead)]
    [ProducesResponseType<ApiResponse<PagedList<WebhookDeliveryDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "not_found")]
    public async Task<ActionResult<ApiResponse<PagedList<WebhookDeliveryDto>>>> List(
        string id,
        [FromQuery] DeliveryListRequest request,
        CancellationToken ct
    ) => Reply(await deliveries.ListAsync(id, request.Status, request.ToPage(), ct));

    /// <summary>Send a failed or waiting message again, its attempts counted anew.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="deliveryId">The delivery's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="202">It is tried now.</response>
    [HttpPost("deliveries/{deliveryId}/retry")]
    [Operation("retryWebhookDelivery")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Retry(string id, string deliveryId, CancellationToken ct) =>
        ReplyAccepted(await deliveries.RetryAsync(id, deliveryId, ct));

    /// <summary>Send a message of type <c>webhook.test</c>, to try an endpoint out.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="202">It is on its way; the list of messages shows how it went.</response>
    [HttpPost("test")]
    [Operation("testWebhook")]
    [RequirePermission(Permissions.WebhooksWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<object>>(StatusCodes.Status202Accepted)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Test(string id, CancellationToken ct) => ReplyAccepted(await deliveries.TestAsync(id, ct));
}

/// <summary>Which messages.</summary>
public sealed record DeliveryListRequest : ListRequest
{
    /// <summary>Where they stand.</summary>
    public OutboxStatus? Status { get; init; }
}
