using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class StatisticsRepository(RoundtableDbContext db, TimeProvider clock) : IStatistics
{
    public async Task CountAsync(Metric metric, CancellationToken ct)
    {
        var day = AuditChain.DayOf(clock.GetUtcNow().UtcDateTime);
        if (await db.DailyCounts.Where(c => c.Day == day && c.Metric == metric).ExecuteUpdateAsync(s => s.SetProperty(c => c.Count, c => c.Count + 1), ct) == 0)
        {
            // Saved at once: the next count of the same transaction must find it.
            db.DailyCounts.Add(DailyCount.First(day, metric));
            await db.SaveChangesAsync(ct);
        }
    }

    public async Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct) =>
        await db.DailyCounts.AsNoTracking().Where(c => c.Day >= firstDay && c.Day <= lastDay).ToListAsync(ct);
}
