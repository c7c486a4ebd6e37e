using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class StatisticsRepository(RoundtableDbContext db, TimeProvider clock) : IStatistics
{
    // In one order: two who lock the same counts wait for each other, and not crosswise.
    public async Task CountAsync(IReadOnlyCollection<Metric> metrics, int times, CancellationToken ct)
    {
        var (day, sql) = (AuditChain.DayOf(clock.GetUtcNow().UtcDateTime), SqlDialect.Of(db).AddToDailyCount);
        foreach (var metric in metrics.Order())
        {
            await StatementRunner.ExecuteAsync(db, new SqlStatement(sql, [SqlValue.Number(day), SqlValue.Key(metric.ToString()), SqlValue.Number(times)]), ct);
        }
    }

    public async Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct) =>
        await db.DailyCounts.AsNoTracking().Where(c => c.Day >= firstDay && c.Day <= lastDay).ToListAsync(ct);
}
