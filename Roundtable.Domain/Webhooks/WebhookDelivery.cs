using Roundtable.Domain.Outbox;

namespace Roundtable.Domain.Webhooks;

/// <summary>An event on its way to one endpoint; the message stands in the encrypted content only.</summary>
public sealed class WebhookDelivery : OutboxMessage
{
    public const int EventTypeMaxLength = 64;

    private WebhookDelivery() { }

    private WebhookDelivery(string id, string protectedContent, DateTime nowUtc)
        : base(id, protectedContent, nowUtc) { }

    /// <summary>No foreign key: what is written for an endpoint that goes at the same moment must not fail what caused it.</summary>
    public string EndpointId { get; private set; } = null!;

    /// <summary>The event's id, the same for all endpoints and attempts: receivers tell repetitions by it.</summary>
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
