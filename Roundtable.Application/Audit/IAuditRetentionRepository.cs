namespace Roundtable.Application.Audit;

/// <summary>The only way to remove audit entries: whole days, used only by <see cref="AuditRetention"/>.</summary>
public interface IAuditRetentionRepository
{
    /// <summary>Lists up to <paramref name="max"/> days before the given one that are not yet marked as removed, oldest first.</summary>
    Task<IReadOnlyList<int>> FindDaysBeforeAsync(int day, int max, CancellationToken ct);

    /// <summary>
    /// Marks a day as removed in the running transaction: its chain row stays, but is no longer verified. Returns the end of the
    /// chain; null if the day was already marked by another instance.
    /// </summary>
    Task<AuditChainEnd?> MarkDayRemovedAsync(int day, DateTime nowUtc, CancellationToken ct);

    /// <summary>Removes up to <paramref name="max"/> entries of marked days before the given one; returns the count.</summary>
    Task<int> RemoveEntriesOfMarkedDaysAsync(int beforeDay, int max, CancellationToken ct);
}

/// <summary>The end of a day's chain.</summary>
/// <param name="Entries">The number of entries.</param>
/// <param name="LastHash">The hash of the last entry.</param>
public sealed record AuditChainEnd(int Entries, string LastHash);
