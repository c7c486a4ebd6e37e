using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Entries and chains' ends as entities of the context, which saves them.</summary>
/// <param name="exclusive">Whether a transaction that writes has the database to itself, as on SQLite.</param>
internal sealed class AuditChains(bool exclusive) : IAuditChains
{
    public async Task AppendAsync(RoundtableDbContext db, int day, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        if (!exclusive)
        {
            // Writing the row locks it: whoever else wants to append waits for this transaction instead of losing a race against it.
            await db.AuditChains.Where(c => c.Day == day).ExecuteUpdateAsync(s => s.SetProperty(c => c.LastSequence, c => c.LastSequence), ct);
        }

        var chain = db.ChangeTracker.Tracked<AuditChain>().FirstOrDefault(c => c.Entity.Day == day)?.Entity ?? await CompiledQueries<Queries>.Of(db).ChainOf(db, day, ct);
        if (chain is null)
        {
            chain = AuditChain.Begin(day);
            db.AuditChains.Add(chain);
        }

        foreach (var entry in entries)
        {
            chain.Append(entry);
        }

        db.AuditEntries.AddRange(entries);
    }

    private sealed class Queries
    {
        public Func<RoundtableDbContext, int, CancellationToken, Task<AuditChain?>> ChainOf { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, int day, CancellationToken ct) => db.AuditChains.FirstOrDefault(c => c.Day == day));
    }
}
