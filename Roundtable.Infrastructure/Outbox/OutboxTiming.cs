namespace Roundtable.Infrastructure.Outbox;

/// <summary>The outbox's timing. The lease must outlast a send and the updates after it, or a second worker sends too.</summary>
public static class OutboxTiming
{
    /// <summary>The interval of polling for messages of other channels while those of a channel are being sent.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan StartRest = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long a send may still take after the process is asked to stop.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>The delay after a database failure.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>Delays between attempts to store an outcome; their sum is well within what the lease leaves after a send.</summary>
    public static readonly IReadOnlyList<TimeSpan> MarkRetries =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(500),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(5),
    ];

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Returns the time of the next attempt after so many failed ones; null after the last.</summary>
    /// <param name="backOff">The delay after each failed attempt but the last.</param>
    public static DateTime? NextAttempt(IReadOnlyList<TimeSpan> backOff, int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter)
    {
        if (failedAttempts > backOff.Count)
        {
            return null;
        }

        var wait = backOff[failedAttempts - 1];
        if (retryAfter > wait)
        {
            wait = retryAfter.Value < LongestRetryAfter ? retryAfter.Value : LongestRetryAfter;
        }

        return nowUtc + wait;
    }
}
