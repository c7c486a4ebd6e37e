using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Operations;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class CleanupRepository(RoundtableDbContext db) : ICleanupRepository
{
    public async Task<int> RemoveSessionsAsync(DateTime beforeUtc, int max, CancellationToken ct)
    {
        var ranOut = await db
            .Sessions.Where(s => s.EndedAtUtc == null && s.ExpiresAtUtc < beforeUtc)
            .OrderBy(s => s.ExpiresAtUtc)
            .Take(max)
            .ExecuteDeleteAsync(ct);

        // Two statements, as each uses its own index.
        return ranOut == max
            ? ranOut
            : ranOut
                + await db
                    .Sessions.Where(s => s.EndedAtUtc < beforeUtc)
                    .OrderBy(s => s.EndedAtUtc)
                    .Take(max - ranOut)
                    .ExecuteDeleteAsync(ct);
    }

    public Task<int> RemoveTokensAsync(DateTime beforeUtc, int max, CancellationToken ct) =>
        db.OneTimeTokens.Where(t => t.ExpiresAtUtc < beforeUtc).OrderBy(t => t.ExpiresAtUtc).Take(max).ExecuteDeleteAsync(ct);

    public Task<int> RemoveThrottlesAsync(DateTime beforeUtc, int max, CancellationToken ct) =>
        db.Throttles.Where(t => t.ExpiresAtUtc < beforeUtc).OrderBy(t => t.ExpiresAtUtc).Take(max).ExecuteDeleteAsync(ct);

    public Task<int> RemoveSentMailsAsync(DateTime beforeUtc, int max, CancellationToken ct)
    {
        // Ids sort by time: they bound the range to read; the sent time decides, as a retry can be late.
        var id = EntityId.Lowest(beforeUtc);
        return db
            .OutboxMails.Where(m => m.Status == OutboxStatus.Sent && string.Compare(m.Id, id) < 0 && m.SentAtUtc < beforeUtc)
            .OrderBy(m => m.Id)
            .Take(max)
            .ExecuteDeleteAsync(ct);
    }

    public Task<int> RemoveFailedMailsAsync(DateTime beforeUtc, int max, CancellationToken ct)
    {
        var id = EntityId.Lowest(beforeUtc);
        return db
            .OutboxMails.Where(m => m.Status == OutboxStatus.Failed && string.Compare(m.Id, id) < 0)
            .OrderBy(m => m.Id)
            .Take(max)
            .ExecuteDeleteAsync(ct);
    }

    // Few rows: keys last for weeks.
    public Task<int> RemoveApiKeysAsync(DateTime beforeUtc, int max, CancellationToken ct) =>
        db.ApiKeys.Where(k => k.ExpiresAtUtc < beforeUtc || k.RevokedAtUtc < beforeUtc).OrderBy(k => k.Id).Take(max).ExecuteDeleteAsync(ct);

    public async Task<int> RemoveDeliveriesAsync(DateTime beforeUtc, int max, CancellationToken ct)
    {
        var id = EntityId.Lowest(beforeUtc);
        var removed = 0;
        foreach (var over in (OutboxStatus[])[OutboxStatus.Sent, OutboxStatus.Failed])
        {
            removed += await db
                .WebhookDeliveries.Where(d => d.Status == over && string.Compare(d.Id, id) < 0)
                .OrderBy(d => d.Id)
                .Take(max - removed)
                .ExecuteDeleteAsync(ct);
        }

        return removed;
    }
}
