namespace Roundtable.Application.Audit;

/// <summary>How long the audit log goes back.</summary>
public sealed class AuditOptions
{
    public const string SectionName = "Audit";

    /// <summary>
    /// How old a day of the audit log may get, at least 1 day; older ones are removed whole, on record. Users' own activity goes back
    /// no further. Default: none, nothing is ever removed.
    /// </summary>
    public TimeSpan? Retention { get; set; }
}
