using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class WebhookRepository(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors, TimeProvider clock)
    : IWebhookRepository
{
    private const int MaxRetrying = 1000;

    public void Add(WebhookEndpoint endpoint) => db.WebhookEndpoints.Add(endpoint);

    public Task<WebhookEndpoint?> LoadAsync(string id, CancellationToken ct) =>
        db.WebhookEndpoints.FirstOrDefaultAsync(e => e.Id == id, ct);

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken ct) =>
        await db.WebhookEndpoints.AsNoTracking().OrderBy(e => e.Id).ToListAsync(ct);

    public async Task<IReadOnlyDictionary<string, WebhookFigures>> CountDeliveriesAsync(string? id, DateTime sinceUtc, CancellationToken ct)
    {
        // Ids are ordered by time, and each count is a range of an index; of those that wait, each row is looked at, so they have a limit.
        var since = EntityId.Lowest(sinceUtc);
        return await db
            .WebhookEndpoints.Where(e => id == null || e.Id == id)
            .Select(e => new
            {
                e.Id,
                CreatorName = e.CreatedBy!.Name,
                Sent = db.WebhookDeliveries.Count(d =>
                    d.EndpointId == e.Id && d.Status == OutboxStatus.Sent && string.Compare(d.Id, since) >= 0
                ),
                Failed = db.WebhookDeliveries.Count(d =>
                    d.EndpointId == e.Id && d.Status == OutboxStatus.Failed && string.Compare(d.Id, since) >= 0
                ),
                Retrying = db
                    .WebhookDeliveries.Where(d =>
                        d.EndpointId == e.Id && d.Status == OutboxStatus.Pending && string.Compare(d.Id, since) >= 0
                    )
                    .OrderBy(d => d.Id)
                    .Take(MaxRetrying)
                    .Count(d => d.Attempts > 0),
                LastAtUtc = db
                    .WebhookDeliveries.Where(d => d.EndpointId == e.Id)
                    .OrderByDescending(d => d.Id)
                    .Select(d => (DateTime?)d.CreatedAtUtc)
                    .FirstOrDefault(),
                LastStatus = db
                    .WebhookDeliveries.Where(d => d.EndpointId == e.Id)
                    .OrderByDescending(d => d.Id)
                    .Select(d => (OutboxStatus?)d.Status)
                    .FirstOrDefault(),
            })
            .ToDictionaryAsync(
                f => f.Id,
                f => new WebhookFigures(f.CreatorName, f.Sent, f.Failed, f.Retrying, f.LastAtUtc, f.LastStatus),
                ct
            );
    }

    public Task<int> CountAsync(CancellationToken ct) => db.WebhookEndpoints.CountAsync(ct);

    public async Task RemoveAsync(WebhookEndpoint endpoint, CancellationToken ct)
    {
        db.WebhookEndpoints.Remove(endpoint);
        await db.WebhookDeliveries.Where(d => d.EndpointId == endpoint.Id).ExecuteDeleteAsync(ct);
    }

    public async Task<Result<Page<WebhookDeliveryDto>>> ListDeliveriesAsync(
        string endpointId,
        OutboxStatus? status,
        PageRequest page,
        CancellationToken ct
    )
    {
        var list = $"deliveries:{endpointId}:{status}";
        var matching = db.WebhookDeliveries.AsNoTracking().Where(d => d.EndpointId == endpointId);
        if (status is { } wanted)
        {
            matching = matching.Where(d => d.Status == wanted);
        }

        var after = matching;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = matching.Where(d => string.Compare(d.Id, id) < 0);
        }

        var deliveries = await after.OrderByDescending(d => d.Id).Take(page.Limit + 1).ProjectTo<WebhookDeliveryDto>(maps).ToListAsync(ct);
        var total = page.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        var items = deliveries.Take(page.Limit).ToList();
        return new Page<WebhookDeliveryDto>(items, deliveries.Count > page.Limit ? cursors.Encode(list, [items[^1].Id]) : null, total);
    }

    public Task<bool> DeliveryExistsAsync(string endpointId, string id, CancellationToken ct) =>
        db.WebhookDeliveries.AnyAsync(d => d.Id == id && d.EndpointId == endpointId, ct);

    public Task<WebhookDeliveryDto?> FindDeliveryAsync(string endpointId, string id, CancellationToken ct) =>
        db
            .WebhookDeliveries.Where(d => d.Id == id && d.EndpointId == endpointId)
            .ProjectTo<WebhookDeliveryDto>(maps)
            .FirstOrDefaultAsync(ct);

    public Task<string?> FindContentAsync(string id, CancellationToken ct) =>
        db.WebhookDeliveries.Where(d => d.Id == id).Select(d => d.ProtectedContent).FirstOrDefaultAsync(ct);

    public Task RequeuePendingAsync(string endpointId, CancellationToken ct) =>
        db.RequeueAsync(
            db.WebhookDeliveries.Where(d => d.EndpointId == endpointId && d.Status == OutboxStatus.Pending),
            clock.GetUtcNow().UtcDateTime,
            ct
        );

    public Task<bool> RequeueAsync(string id, CancellationToken ct) =>
        db.RequeueAsync<WebhookDelivery>(id, clock.GetUtcNow().UtcDateTime, ct);
}
