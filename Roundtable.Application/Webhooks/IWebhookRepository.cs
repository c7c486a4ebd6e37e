using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

/// <summary>Endpoints, and what is on its way to them.</summary>
public interface IWebhookRepository
{
    void Add(WebhookEndpoint endpoint);

    /// <summary>To change within a unit of work.</summary>
    Task<WebhookEndpoint?> LoadAsync(string id, CancellationToken ct);

    /// <summary>All endpoints, oldest first.</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken ct);

    Task<int> CountAsync(CancellationToken ct);

    /// <summary>Removes the endpoint with all that is on its way to it.</summary>
    Task RemoveAsync(WebhookEndpoint endpoint, CancellationToken ct);

    /// <summary>Newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<WebhookDeliveryDto>>> ListDeliveriesAsync(
        string endpointId,
        OutboxStatus? status,
        PageRequest page,
        CancellationToken ct
    );

    Task<bool> DeliveryExistsAsync(string endpointId, string id, CancellationToken ct);

    /// <summary>Makes a failed or waiting delivery due now, attempts at zero; false for any other.</summary>
    Task<bool> RequeueAsync(string id, CancellationToken ct);
}

/// <summary>Makes and hides the secrets that messages are signed with.</summary>
public interface IWebhookSecrets
{
    /// <summary>A new secret, and the same as it is stored.</summary>
    (string Secret, string Protected) Create();
}

/// <summary>Leaves messages for endpoints in the running transaction; they go out after its commit, at least once.</summary>
public interface IWebhookOutbox
{
    /// <summary>Leaves a message for one endpoint, whatever it is subscribed to.</summary>
    void Enqueue(string endpointId, string eventId, string eventType, object message, DateTime nowUtc);
}
