namespace Roundtable.Application.Audit;

/// <summary>The one way in which audit entries are removed: whole days, for <see cref="AuditRetention"/> alone.</summary>
public interface IAuditRetentionRepository
{
    /// <summary>Up to <paramref name="max"/> days before the given one whose chain has not been given up yet, oldest first.</summary>
    Task<IReadOnlyList<int>> FindDaysBeforeAsync(int day, int max, CancellationToken ct);

    /// <summary>
    /// Gives a day up, within the running transaction: its chain stays as a mark, but is no longer checked. How the chain ended; null
    /// when somebody else gave the day up already.
    /// </summary>
    Task<AuditChainEnd?> GiveUpDayAsync(int day, DateTime nowUtc, CancellationToken ct);

    /// <summary>Removes up to <paramref name="max"/> entries of days before the given one that were given up; says how many.</summary>
    Task<int> RemoveEntriesOfGivenUpDaysAsync(int beforeDay, int max, CancellationToken ct);
}

/// <summary>How a day's chain ended.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="LastHash">The hash of the last one.</param>
public sealed record AuditChainEnd(int Entries, string LastHash);
