using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// Adds change-log entries for users whose address or name is written, in the same transaction. Not a trigger: EF Core would have to
/// write every user without OUTPUT. <see cref="SearchReconciliation"/> finds writes that bypass it.
/// </summary>
internal sealed class SearchChangeRecorder : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is RoundtableDbContext db)
        {
            db.Set<SearchChange>().AddRange(db.ChangeTracker.Tracked<User>().Where(IsWritten).Select(e => SearchChange.Of(e.Entity.Id)));
        }

        return ValueTask.FromResult(result);
    }

    private static bool IsWritten(EntityEntry<User> entry) =>
        entry.State switch
        {
            EntityState.Added => true,
            EntityState.Unchanged or EntityState.Modified => Differs(entry.Property(u => u.NormalizedEmail))
                || Differs(entry.Property(u => u.NormalizedName)),
            _ => false,
        };

    // Compares the values: EF Core detects changes only after this.
    private static bool Differs(PropertyEntry<User, string> property) => property.CurrentValue != property.OriginalValue;
}
