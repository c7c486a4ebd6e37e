using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The only statements that delete anything from the audit log; a test looks for others.</summary>
internal sealed class AuditRetentionRepository(RoundtableDbContext db) : IAuditRetentionRepository
{
    public async Task<IReadOnlyList<int>> FindDaysBeforeAsync(int day, int max, CancellationToken ct) =>
        await db
            .AuditChains.Where(c => c.Day < day && c.RemovedAtUtc == null)
            .OrderBy(c => c.Day)
            .Select(c => c.Day)
            .Take(max)
            .ToListAsync(ct);

    public async Task<AuditChainEnd?> MarkDayRemovedAsync(int day, DateTime nowUtc, CancellationToken ct) =>
        await db
            .AuditChains.Where(c => c.Day == day && c.RemovedAtUtc == null)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAtUtc, nowUtc), ct) == 1
            ? await db.AuditChains.Where(c => c.Day == day).Select(c => new AuditChainEnd(c.LastSequence, c.LastHash)).FirstAsync(ct)
            : null;

    public async Task<int> RemoveEntriesOfMarkedDaysAsync(int beforeDay, int max, CancellationToken ct) =>
        await db
            .AuditEntries.Where(e => e.Day < beforeDay && db.AuditChains.Any(c => c.Day == e.Day && c.RemovedAtUtc != null))
            .OrderBy(e => e.Day)
            .ThenBy(e => e.Sequence)
            .Take(max)
            .ExecuteDeleteAsync(ct);
}
