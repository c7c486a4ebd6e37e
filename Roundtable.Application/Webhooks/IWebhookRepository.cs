using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

/// <summary>Stores webhook endpoints and their deliveries.</summary>
public interface IWebhookRepository
{
    void Add(WebhookEndpoint endpoint);

    /// <summary>Loads one to change in a unit of work.</summary>
    Task<WebhookEndpoint?> LoadAsync(string id, CancellationToken ct);

    /// <summary>Lists all endpoints, oldest first.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken ct);

    /// <summary>Counts the deliveries since then, by endpoint.</summary>
    /// <param name="id">The endpoint; null for all.</param>
    Task<IReadOnlyDictionary<string, WebhookFigures>> CountDeliveriesAsync(string? id, DateTime sinceUtc, CancellationToken ct);

    Task<int> CountAsync(CancellationToken ct);

    /// <summary>Removes the endpoint and all its deliveries.</summary>
    Task RemoveAsync(WebhookEndpoint endpoint, CancellationToken ct);

    /// <summary>Ordered newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<WebhookDeliveryDto>>> ListDeliveriesAsync(
        string endpointId,
        OutboxStatus? status,
        PageRequest page,
        CancellationToken ct
    );

    Task<bool> DeliveryExistsAsync(string endpointId, string id, CancellationToken ct);

    Task<WebhookDeliveryDto?> FindDeliveryAsync(string endpointId, string id, CancellationToken ct);

    /// <summary>Returns the message of a delivery as stored; null if it is deleted.</summary>
    Task<string?> FindContentAsync(string id, CancellationToken ct);

    /// <summary>Makes a failed or pending delivery due now and resets its attempts; false for other states.</summary>
    Task<bool> RequeueAsync(string id, CancellationToken ct);

    /// <summary>Makes an endpoint's pending deliveries due now and resets their attempts.</summary>
    Task RequeuePendingAsync(string endpointId, CancellationToken ct);
}

/// <summary>An endpoint's deliveries in figures, and the name of the user who added it.</summary>
public sealed record WebhookFigures(
    string? CreatorName,
    int Sent = 0,
    int Failed = 0,
    int Retrying = 0,
    DateTime? LastAtUtc = null,
    OutboxStatus? LastStatus = null
);

/// <summary>Creates and protects the secrets that sign messages.</summary>
public interface IWebhookSecrets
{
    /// <summary>Returns a new secret, plain and as stored.</summary>
    (string Secret, string Protected) Create();

    /// <summary>Decrypts a stored message.</summary>
    string Message(string hidden);
}

/// <summary>Enqueues webhook messages in the running transaction; they are sent after its commit, at least once.</summary>
public interface IWebhookOutbox
{
    /// <summary>Enqueues a message for one endpoint, regardless of its subscriptions.</summary>
    void Enqueue(string endpointId, string eventId, string eventType, object message, DateTime nowUtc);
}
