using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The web-hooks' outbox: an endpoint is a channel.</summary>
internal sealed class WebhookOutboxStore(OutboxStore<WebhookDelivery> deliveries, RoundtableDbContext db) : IOutboxStore<WebhookDelivery>
{
    public void Add(WebhookDelivery message) => deliveries.Add(message);

    public Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(string owner, int max, DateTime nowUtc, TimeSpan lease, CancellationToken ct) =>
        deliveries.ClaimAsync(owner, max, nowUtc, lease, ct);

    public Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string owner, int max, DateTime nowUtc, TimeSpan lease, IReadOnlyCollection<string> busy, CancellationToken ct) =>
        deliveries.ClaimAsync(busy.Count == 0 ? db.WebhookDeliveries : db.WebhookDeliveries.Where(d => !busy.Contains(d.EndpointId)), owner, max, nowUtc, lease, ct);

    public Task<IReadOnlyCollection<string>> MarkSentAsync(IReadOnlyCollection<string> ids, string owner, DateTime nowUtc, CancellationToken ct) =>
        deliveries.MarkSentAsync(ids, owner, nowUtc, ct);

    public Task<bool> MarkFailedAttemptAsync(string id, string owner, string error, DateTime? nextAttemptAtUtc, CancellationToken ct) =>
        deliveries.MarkFailedAttemptAsync(id, owner, error, nextAttemptAtUtc, ct);

    public Task ReleaseAsync(string owner, CancellationToken ct) => deliveries.ReleaseAsync(owner, ct);
}
