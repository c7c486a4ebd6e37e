using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// Looks at what a context tracks without comparing every entity with its original, which <c>Entries</c> does each time it is asked.
/// </summary>
internal static class TrackedEntities
{
    /// <summary>States tell what was added and deleted, and not yet what was changed.</summary>
    public static IReadOnlyList<EntityEntry<TEntity>> Tracked<TEntity>(this ChangeTracker tracker)
        where TEntity : class
    {
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries<TEntity>()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }

    public static bool Tracks<TEntity>(this ChangeTracker tracker)
        where TEntity : class => tracker.Tracked<TEntity>().Count > 0;
}
