using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Reads a context's tracked entities without comparing each with its original, which <c>Entries</c> does on every call.</summary>
internal static class TrackedEntities
{
    /// <summary>The states show additions and deletions, but not yet modifications.</summary>
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
