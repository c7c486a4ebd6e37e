using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Webhooks;

/// <summary>Lists, tests and retries webhook deliveries.</summary>
[ScopedService]
public sealed class WebhookDeliveryService(
    IWebhookRepository webhooks,
    IWebhookOutbox outbox,
    IWebhookSecrets secrets,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private const int MaxBodyLength = 20_000;

    /// <summary>Ordered newest first. Errors: <c>not_found</c>, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<WebhookDeliveryDto>>> ListAsync(
        string id,
        OutboxStatus? status,
        PageRequest page,
        CancellationToken ct
    ) => await webhooks.LoadAsync(id, ct) is null ? WebhookErrors.NotFound(id) : await webhooks.ListDeliveriesAsync(id, status, page, ct);

    /// <summary>
    /// Shows a delivery with its message, until it is accepted, to callers who could have it sent to themselves. Errors:
    /// <c>not_found</c>.
    /// </summary>
    public async Task<Result<WebhookMessageDto>> GetAsync(Caller caller, string id, string deliveryId, CancellationToken ct)
    {
        if (await webhooks.FindDeliveryAsync(id, deliveryId, ct) is not { } delivery)
        {
            return Errors.NotFound("delivery", deliveryId);
        }

        var content =
            caller is CurrentSession { Impersonator: null } && caller.Has(Permissions.WebhooksWrite) && caller.Has(Permissions.UsersRead)
                ? await webhooks.FindContentAsync(deliveryId, ct)
                : null;
        var body = content is null ? null : secrets.Message(content);
        return new WebhookMessageDto(delivery, body?.Length > MaxBodyLength ? body[..MaxBodyLength] : body);
    }

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
