using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Domain.Audit;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Has new audit entries chained and written with whatever is saved, whoever saves, within the transaction of what they record.</summary>
internal sealed class AuditLinker : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RoundtableDbContext { NewAuditEntries: { Count: > 0 } entries } db)
        {
            if (db.Database.CurrentTransaction is null)
            {
                throw new NotSupportedException("Save within a transaction what audit entries record: IUnitOfWork has one.");
            }

            var days = entries.OrderBy(e => e.Id, StringComparer.Ordinal).GroupBy(e => e.Day).ToList();
            entries.Clear();
            foreach (var day in days)
            {
                await AppendAsync(db, day.Key, [.. day], cancellationToken);
            }
        }

        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        // Allowed where nothing is to be chained: data protection stores its keys so.
        eventData.Context is RoundtableDbContext { NewAuditEntries.Count: > 0 } ? throw new NotSupportedException("Save asynchronously what audit entries record.") : result;

    /// <summary>Links entries to the end of their day's chain, and moves that end; the context saves the entries at the latest.</summary>
    /// <param name="entries">Of one day, in the order of their ids.</param>
    internal static async Task AppendAsync(RoundtableDbContext db, int day, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var sql = SqlDialect.Of(db);
        var statement = new SqlStatement(sql.TakeAuditChain, [SqlValue.Number(day)]);
        var found = await StatementRunner.ReadAsync(db, statement, row => AuditChain.Resume(day, row.Number("LastSequence"), row.Text("LastHash")), ct);
        var chain = found is [var end] ? end : AuditChain.Begin(day);
        foreach (var entry in entries)
        {
            chain.Append(entry);
        }

        StatementRunner.Insert(db, entries);
        await StatementRunner.ExecuteAsync(
            db, new SqlStatement(sql.MoveAuditChain, [SqlValue.Number(day), SqlValue.Number(chain.LastSequence), SqlValue.Key(chain.LastHash)]), ct);
    }
}
