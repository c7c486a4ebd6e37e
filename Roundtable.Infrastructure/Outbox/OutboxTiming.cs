namespace Roundtable.Infrastructure.Outbox;

/// <summary>The outbox's clockwork. The lease must outlast a send and the marks that follow it, or a second worker sends too.</summary>
public static class OutboxTiming
{
    /// <summary>While messages of a channel are under way: when to look for those of others again.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan StartRest = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long a message under way may still take once the process is asked to stop.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Rest after the database failed.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>Waits between tries to record an outcome; together well within what the lease leaves after a send.</summary>
    public static readonly IReadOnlyList<TimeSpan> MarkRetries =
    [
        TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(500),
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(5),
    ];

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>When to try again after so many failed attempts; null when that was the last.</summary>
    /// <param name="backOff">The wait after each failed attempt but the last.</param>
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
