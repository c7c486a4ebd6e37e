namespace Roundtable.Application.Audit;

/// <summary>Configures audit log retention.</summary>
public sealed class AuditOptions
{
    public const string SectionName = "Audit";

    /// <summary>
    /// The maximum age of a day of the audit log, at least 1 day. Older days are removed whole, with an audit entry. Users' own
    /// activity goes back no further. Default: none, nothing is ever removed.
    /// </summary>
    public TimeSpan? Retention { get; set; }
}
