using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Domain.Audit;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Links audit entries into their day's chain. Refuses to save outside a transaction what they record: it would be saved without them.</summary>
internal sealed class AuditLinker : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(SavingChanges(eventData, result));

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context is RoundtableDbContext { NewAuditEntries.Count: > 0, Database.CurrentTransaction: null }
            ? throw new NotSupportedException("Save within a transaction what audit entries record: IUnitOfWork has one.")
            : result;

    /// <summary>
    /// Writes the entries that were recorded, as the last thing of their transaction: the end of the chain stays locked until the commit, and everybody
    /// who records something waits for it. Nothing that they need is locked after it.
    /// </summary>
    public static async Task AppendAsync(RoundtableDbContext db, CancellationToken ct)
    {
        if (db.NewAuditEntries.Count == 0)
        {
            return;
        }

        var days = db.NewAuditEntries.OrderBy(e => e.Id, StringComparer.Ordinal).GroupBy(e => e.Day).ToList();
        db.NewAuditEntries.Clear();
        foreach (var day in days)
        {
            await AppendAsync(db, day.Key, [.. day], ct);
        }
    }

    private static async Task AppendAsync(RoundtableDbContext db, int day, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var statement = new SqlStatement(SqlDialect.Of(db).TakeAuditChain, [SqlValue.Number(day)]);
        var found = await StatementRunner.ReadAsync(db, statement, row => AuditChain.Resume(day, row.Number("LastSequence"), row.Text("LastHash")), ct);
        var chain = found is [var end] ? end : AuditChain.Begin(day);
        var tracked = found is [_] ? db.Attach(chain) : db.Add(chain);
        foreach (var entry in entries)
        {
            chain.Append(entry);
        }

        StatementRunner.Insert(db, entries);
        await db.SaveChangesAsync(ct);
        tracked.State = EntityState.Detached;
    }
}
