namespace Roundtable.Application.Cleanup;

/// <summary>
/// Removes rows that are over, in batches: each call takes at most so many, oldest first, and says how many it removed. What is
/// gone already is no error, so that several instances may clean at once.
/// </summary>
public interface ICleanupRepository
{
    /// <summary>Sessions that ran out, or were ended, before the given time.</summary>
    Task<int> RemoveSessionsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>One-time secrets of every purpose that ran out before the given time.</summary>
    Task<int> RemoveTokensAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Counters whose window closed before the given time.</summary>
    Task<int> RemoveThrottlesAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Mails that were sent before the given time.</summary>
    Task<int> RemoveSentMailsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Mails that were written before the given time and given up.</summary>
    Task<int> RemoveFailedMailsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Web-hook deliveries of events before the given time that were sent or given up.</summary>
    Task<int> RemoveDeliveriesAsync(DateTime beforeUtc, int max, CancellationToken ct);
}
