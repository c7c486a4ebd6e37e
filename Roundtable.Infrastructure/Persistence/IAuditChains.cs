using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>The ends of the days' chains of audit entries.</summary>
internal interface IAuditChains
{
    /// <summary>Links entries to the end of their day's chain, moves that end, and writes both with the save that is about to happen, or before it in its transaction.</summary>
    /// <param name="entries">In the order of their ids.</param>
    Task AppendAsync(RoundtableDbContext db, int day, IReadOnlyList<AuditEntry> entries, CancellationToken ct);
}
