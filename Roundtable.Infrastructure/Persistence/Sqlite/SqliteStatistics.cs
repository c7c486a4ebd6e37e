using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>Counts by one prepared statement each: every sign-in and every mail counts.</summary>
internal sealed class SqliteStatistics(RoundtableDbContext db, TimeProvider clock) : IStatistics
{
    private const string CountSql = """
        INSERT INTO "DailyCounts" ("Day", "Metric", "Count") VALUES (?1, ?2, ?3)
        ON CONFLICT ("Day", "Metric") DO UPDATE SET "Count" = "Count" + ?3
        """;

    private readonly StatisticsRepository others = new(db, clock);

    public async Task CountAsync(IReadOnlyCollection<Metric> metrics, int times, CancellationToken ct)
    {
        if (db.Database.GetDbConnection() is not PreparedSqliteConnection { IsInTransaction: true } connection)
        {
            await others.CountAsync(metrics, times, ct);
            return;
        }

        var day = AuditChain.DayOf(clock.GetUtcNow().UtcDateTime);
        foreach (var metric in metrics)
        {
            connection.Execute(CountSql, [day, metric.ToString(), times]);
        }
    }

    public Task<IReadOnlyList<DailyCount>> ListAsync(int firstDay, int lastDay, CancellationToken ct) => others.ListAsync(firstDay, lastDay, ct);
}
