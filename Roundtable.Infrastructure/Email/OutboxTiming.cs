namespace Roundtable.Infrastructure.Email;

/// <summary>The outbox's clockwork. The lease must outlast a send and the marks that follow it, or a second worker sends too.</summary>
public static class OutboxTiming
{
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long a mail under way may still take once the process is asked to stop.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Rest after the database failed.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>Waits between tries to record an outcome; together well within what the lease leaves after a send.</summary>
    public static readonly IReadOnlyList<TimeSpan> MarkRetries =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] BackOff =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60)];

    public static int MaxAttempts => BackOff.Length + 1;

    /// <summary>When to try again after so many failed attempts; null when that was the last.</summary>
    public static DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter)
    {
        if (failedAttempts >= MaxAttempts)
        {
            return null;
        }

        var wait = BackOff[failedAttempts - 1];
        if (retryAfter > wait)
        {
            wait = retryAfter.Value < LongestRetryAfter ? retryAfter.Value : LongestRetryAfter;
        }

        return nowUtc + wait;
    }
}
