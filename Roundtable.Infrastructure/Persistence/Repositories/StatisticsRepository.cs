using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class StatisticsRepository(RoundtableDbContext db, TimeProvider clock) : IStatistics
{
    public async Task CountAsync(IReadOnlyCollection<Metric> metrics, int times, CancellationToken ct)
    {
        var day = AuditChain.DayOf(clock.GetUtcNow().UtcDateTime);
        var counts = db.DailyCounts.Where(c => c.Day == day && metrics.Contains(c.Metric));
        if (await counts.ExecuteUpdateAsync(s => s.SetProperty(c => c.Count, c => c.Count + times), ct) < metrics.Count)
        {
            // Saved at once: the next count of the same transaction must find it.
            var known = await counts.Select(c => c.Metric).ToListAsync(ct);
            db.DailyCounts.AddRange(metrics.Except(known).Select(metric => DailyCount.First(day, metric, times)));
            await db.SaveChangesAsync(ct);
        }
    }

    public async Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct) =>
        await db.DailyCounts.AsNoTracking().Where(c => c.Day >= firstDay && c.Day <= lastDay).ToListAsync(ct);
}
