namespace Roundtable.Application.Cleanup;

/// <summary>
/// How long rows are kept that nothing works with any more. The audit log has a setting of its own, <c>Audit:Retention</c>.
/// </summary>
public sealed class CleanupOptions
{
    public const string SectionName = "Cleanup";

    /// <summary>Whether this instance removes anything by itself; the audit log's expired days too. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long after one run the next begins. Default: 1 hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a session stays on record after it ended or ran out: what a user's own export shows, and what a new device is told
    /// from. Default: 90 days.
    /// </summary>
    public TimeSpan Sessions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long one-time secrets stay after they ran out, used or not: links, second steps, marks of trusted browsers, passkey
    /// ceremonies. Default: 1 day.
    /// </summary>
    public TimeSpan Tokens { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long counters of limits stay after their window closed. Default: 1 hour.</summary>
    public TimeSpan Limits { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long mails stay on record after they were sent; what they said is wiped at once. Default: 30 days.</summary>
    public TimeSpan SentMails { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long mails that were given up can still be sent again, from when they were written. Default: 30 days.</summary>
    public TimeSpan FailedMails { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long web-hook deliveries stay on record, sent or given up, from when the event happened. Default: 30 days.</summary>
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);
}
