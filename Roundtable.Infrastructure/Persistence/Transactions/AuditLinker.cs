using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Domain.Audit;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Links audit entries into their day's chain. Refuses a save outside a transaction while audit entries are pending: the changes would be
/// saved without them.
/// </summary>
internal sealed class AuditLinker : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => new(SavingChanges(eventData, result));

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context is RoundtableDbContext { NewAuditEntries.Count: > 0, Database.CurrentTransaction: null }
            ? throw new NotSupportedException("Changes with audit entries must be saved in a transaction: use IUnitOfWork.")
            : result;

    /// <summary>
    /// Writes the counts and audit entries, as the last step of a transaction: all transactions that do the same share the counts, all
    /// that record an entry share the end of the chain, and the one that writes them blocks the others until its commit. It writes in a
    /// fixed order, and nothing is locked after them.
    /// </summary>
    public static async Task WriteAsync(RoundtableDbContext db, CancellationToken ct)
    {
        var sql = SqlDialect.Of(db);
        List<SqlStatement> statements =
        [
            .. db
                .NewCounts.OrderBy(c => c.Key)
                .Select(c => new SqlStatement(
                    sql.AddToDailyCount,
                    [SqlValue.Number(c.Key.Day), SqlValue.Key(c.Key.Metric.ToString()), SqlValue.Number(c.Value)]
                )),
        ];
        var days = db.NewAuditEntries.OrderBy(e => e.Id, StringComparer.Ordinal).GroupBy(e => e.Day).ToList();
        db.NewCounts.Clear();
        db.NewAuditEntries.Clear();
        foreach (var day in days)
        {
            statements.Add(new SqlStatement(sql.TakeAuditChain, [SqlValue.Number(day.Key)]));
            var found = await StatementRunner.ReadLastAsync(
                db,
                statements,
                row => AuditChain.Resume(day.Key, row.Number("LastSequence"), row.Text("LastHash")),
                ct
            );
            await AppendAsync(db, day.Key, found.SingleOrDefault(), [.. day], ct);
            statements.Clear();
        }

        await StatementRunner.ExecuteAsync(db, statements, ct);
    }

    private static async Task AppendAsync(
        RoundtableDbContext db,
        int day,
        AuditChain? found,
        IReadOnlyList<AuditEntry> entries,
        CancellationToken ct
    )
    {
        var chain = found ?? AuditChain.Begin(day);
        var tracked = found is null ? db.Add(chain) : db.Attach(chain);
        foreach (var entry in entries)
        {
            chain.Append(entry);
        }

        StatementRunner.Insert(db, entries);
        await db.SaveChangesAsync(ct);
        tracked.State = EntityState.Detached;
    }
}
