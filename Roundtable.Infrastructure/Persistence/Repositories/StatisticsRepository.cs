using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
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
}
