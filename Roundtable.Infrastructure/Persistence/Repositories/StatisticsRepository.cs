using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Statistics;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class StatisticsRepository(RoundtableDbContext db, TimeProvider clock) : IStatistics, IDisposable
{
    /// <summary>Discards unsaved counts with the scope: the context comes from a pool.</summary>
    public void Dispose() => db.NewCounts.Clear();

    public void Count(Metric metric, int times)
    {
        var key = (AuditChain.DayOf(clock.GetUtcNow().UtcDateTime), metric);
        db.NewCounts[key] = db.NewCounts.GetValueOrDefault(key) + times;
    }

    public async Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct) =>
        await db.DailyCounts.AsNoTracking().Where(c => c.Day >= firstDay && c.Day <= lastDay).ToListAsync(ct);

    public async Task<(int Before, int Within)> CountFailedSignInsAsync(
        DateTime beforeUtc,
        DateTime fromUtc,
        DateTime toUtc,
        CancellationToken ct
    )
    {
        // Ids sort by time, and the index on the action has them: no entry is read.
        var (first, middle, last) = (EntityId.Lowest(beforeUtc), EntityId.Lowest(fromUtc), EntityId.Lowest(toUtc));
        var counts = await db
            .AuditEntries.Where(e => e.Action == AuditActions.SignInFailed && string.Compare(e.Id, first) >= 0)
            .Where(e => string.Compare(e.Id, last) < 0)
            .GroupBy(e => string.Compare(e.Id, middle) >= 0)
            .Select(g => new { IsWithin = g.Key, Count = g.Count() })
            .ToListAsync(ct);
        return (counts.Where(c => !c.IsWithin).Sum(c => c.Count), counts.Where(c => c.IsWithin).Sum(c => c.Count));
    }

    public async Task<NowDto> CountNowAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new NowDto(
            await db.Users.CountAsync(ct),
            await db.Sessions.CountAsync(s => s.EndedAtUtc == null && s.ExpiresAtUtc > now, ct)
        );
    }
}
