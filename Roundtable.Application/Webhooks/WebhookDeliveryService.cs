using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Webhooks;

/// <summary>Lists, tests and retries webhook deliveries.</summary>
[ScopedService]
public sealed class WebhookDeliveryService(
    IWebhookRepository webhooks,
    IWebhookOutbox outbox,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Ordered newest first. Errors: <c>not_found</c>, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<WebhookDeliveryDto>>> ListAsync(
        string id,
        OutboxStatus? status,
        PageRequest page,
        CancellationToken ct
    ) => await webhooks.LoadAsync(id, ct) is null ? WebhookErrors.NotFound(id) : await webhooks.ListDeliveriesAsync(id, status, page, ct);

    /// <summary>Sends a test message without event data. Errors: <c>not_found</c>, <c>conflict</c> if the endpoint is disabled.</summary>
    public Task<Result> TestAsync(string id, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (await webhooks.LoadAsync(id, ct) is not { } endpoint)
                {
                    return WebhookErrors.NotFound(id);
                }

                if (!endpoint.Enabled)
                {
                    return WebhookErrors.SwitchedOff;
                }

                var now = clock.GetUtcNow().UtcDateTime;
                outbox.Enqueue(
                    id,
                    EntityId.New(now),
                    WebhookMessage.Test,
                    new WebhookMessage(WebhookMessage.Test, now, null, new { webhookId = id }),
                    now
                );
                audit.Record(AuditActions.WebhookTested, AuditTarget.Webhook(id));
                return Result.Success;
            },
            ct
        );

    /// <summary>
    /// Retries a failed or pending delivery and resets its attempts. Errors: <c>not_found</c>, <c>conflict</c> for other states.
    /// </summary>
    public Task<Result> RetryAsync(string id, string deliveryId, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (!await webhooks.DeliveryExistsAsync(id, deliveryId, ct))
                {
                    return Errors.NotFound("delivery", deliveryId);
                }

                if (!await webhooks.RequeueAsync(deliveryId, ct))
                {
                    return OutboxErrors.NotRetriable;
                }

                audit.Record(AuditActions.WebhookDeliveryRetried, AuditTarget.Webhook(id), new { deliveryId });
                return Result.Success;
            },
            ct
        );
}
