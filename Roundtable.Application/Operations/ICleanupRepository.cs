namespace Roundtable.Application.Operations;

/// <summary>
/// Removes expired rows in batches: each call removes up to <c>max</c> rows, oldest first, and returns the count. Missing rows are
/// not an error, so that several instances can clean up at once.
/// </summary>
public interface ICleanupRepository
{
    /// <summary>Removes sessions that expired or ended before the given time.</summary>
    Task<int> RemoveSessionsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes one-time secrets of every purpose that expired before the given time.</summary>
    Task<int> RemoveTokensAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes counters whose window ended before the given time.</summary>
    Task<int> RemoveThrottlesAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes e-mails that were sent before the given time.</summary>
    Task<int> RemoveSentMailsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes failed e-mails that were created before the given time.</summary>
    Task<int> RemoveFailedMailsAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes sent or failed webhook deliveries of events before the given time.</summary>
    Task<int> RemoveDeliveriesAsync(DateTime beforeUtc, int max, CancellationToken ct);

    /// <summary>Removes API keys that expired or were revoked before the given time.</summary>
    Task<int> RemoveApiKeysAsync(DateTime beforeUtc, int max, CancellationToken ct);
}
