namespace Roundtable.Application.Operations;

/// <summary>How long obsolete rows are kept. The audit log has its own setting, <c>Audit:Retention</c>.</summary>
public sealed class CleanupOptions
{
    public const string SectionName = "Cleanup";

    /// <summary>Whether this instance automatically removes expired rows, including expired audit log days. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The delay between two runs. Default: 1 hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a session is kept after it ended or expired, for the user's own export and to recognise new devices. Default: 90 days.
    /// </summary>
    public TimeSpan Sessions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long one-time secrets are kept after they expired, used or not: links, second steps, trusted-browser tokens, passkey
    /// ceremonies. Default: 1 day.
    /// </summary>
    public TimeSpan Tokens { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long rate-limit counters are kept after their window ended. Default: 1 hour.</summary>
    public TimeSpan Limits { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long e-mails are kept after they were sent; their content is erased at once. Default: 30 days.</summary>
    public TimeSpan SentMails { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long failed e-mails can be sent again, counted from their creation. Default: 30 days.</summary>
    public TimeSpan FailedMails { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long API keys are listed after they expired or were revoked. Default: 90 days.</summary>
    public TimeSpan ApiKeys { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long sent or failed webhook deliveries are kept, counted from the event. Default: 30 days.</summary>
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);
}
