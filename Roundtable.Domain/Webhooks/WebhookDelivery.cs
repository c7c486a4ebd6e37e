using Roundtable.Domain.Outbox;

namespace Roundtable.Domain.Webhooks;

/// <summary>An event to deliver to one endpoint; the message is stored only in the encrypted content.</summary>
public sealed class WebhookDelivery : OutboxMessage
{
    public const int EventTypeMaxLength = 64;

    private WebhookDelivery() { }

    private WebhookDelivery(string id, string protectedContent, DateTime nowUtc)
        : base(id, protectedContent, nowUtc) { }

    /// <summary>Not a foreign key: the concurrent deletion of an endpoint must not fail the transaction that raises the event.</summary>
    public string EndpointId { get; private set; } = null!;

    /// <summary>The event's id, the same for all endpoints and attempts: receivers use it to detect duplicates.</summary>
    public string EventId { get; private set; } = null!;

    public string EventType { get; private set; } = null!;

    public static WebhookDelivery Create(
        string id,
        string endpointId,
        string eventId,
        string eventType,
        string protectedContent,
        DateTime nowUtc
    ) =>
        new(id, protectedContent, nowUtc)
        {
            EndpointId = endpointId,
            EventId = eventId,
            EventType = eventType,
        };
}
