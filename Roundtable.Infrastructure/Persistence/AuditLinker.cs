using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Has new audit entries chained and written with whatever is saved, whoever saves, within the transaction of what they record.</summary>
internal sealed class AuditLinker(IAuditChains chains) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RoundtableDbContext { NewAuditEntries: { Count: > 0 } entries } db)
        {
            var days = entries.OrderBy(e => e.Id, StringComparer.Ordinal).GroupBy(e => e.Day).ToList();
            entries.Clear();
            foreach (var day in days)
            {
                await chains.AppendAsync(db, day.Key, [.. day], cancellationToken);
            }
        }

        return result;
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        // Allowed where nothing is to be chained: data protection stores its keys so.
        eventData.Context is RoundtableDbContext { NewAuditEntries.Count: > 0 } ? throw new NotSupportedException("Save asynchronously what audit entries record.") : result;
}
