using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Chains new audit entries just before they are written, whoever saves, within the transaction of what they record.</summary>
/// <param name="exclusive">Whether a transaction that writes has the database to itself, as on SQLite.</param>
internal sealed class AuditLinker(bool exclusive) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RoundtableDbContext db)
        {
            await LinkAsync(db, cancellationToken);
        }

        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        // Data protection stores its keys this way.
        eventData.Context is RoundtableDbContext db && db.ChangeTracker.Tracks<AuditEntry>() ? throw new NotSupportedException("Save asynchronously what audit entries record.") : result;

    private async Task LinkAsync(RoundtableDbContext db, CancellationToken ct)
    {
        var added = db.ChangeTracker.Tracked<AuditEntry>()
            .Where(e => e.State == EntityState.Added && e.Entity.Sequence == 0)
            .Select(e => e.Entity)
            .OrderBy(e => e.Id, StringComparer.Ordinal)
            .ToList();
        foreach (var day in added.GroupBy(e => e.Day))
        {
            if (!exclusive)
            {
                // Writing the row locks it: whoever else wants to append waits for this transaction instead of losing a race against it.
                await db.AuditChains.Where(c => c.Day == day.Key).ExecuteUpdateAsync(s => s.SetProperty(c => c.LastSequence, c => c.LastSequence), ct);
            }

            var chain = db.ChangeTracker.Tracked<AuditChain>().FirstOrDefault(c => c.Entity.Day == day.Key)?.Entity ?? await CompiledQueries<Queries>.Of(db).ChainOf(db, day.Key, ct);
            if (chain is null)
            {
                chain = AuditChain.Begin(day.Key);
                db.AuditChains.Add(chain);
            }

            foreach (var entry in day)
            {
                chain.Append(entry);
            }
        }
    }

    private sealed class Queries
    {
        public Func<RoundtableDbContext, int, CancellationToken, Task<AuditChain?>> ChainOf { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, int day, CancellationToken ct) => db.AuditChains.FirstOrDefault(c => c.Day == day));
    }
}
