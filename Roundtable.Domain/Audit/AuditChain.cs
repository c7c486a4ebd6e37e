namespace Roundtable.Domain.Audit;

/// <summary>The end of a day's chain of audit entries: what the next one follows.</summary>
public sealed class AuditChain
{
    /// <summary>What the first entry of a day follows.</summary>
    public static readonly string Genesis = new('0', 64);

    private AuditChain() { }

    /// <summary>The UTC day, as yyyymmdd.</summary>
    public int Day { get; private set; }

    public int LastSequence { get; private set; }

    public string LastHash { get; private set; } = Genesis;

    /// <summary>
    /// When the day's entries were given up, being older than they are kept; the chain's end stays, to check an export by.
    /// </summary>
    public DateTime? RemovedAtUtc { get; private set; }

    public static AuditChain Begin(int day) => new() { Day = day };

    /// <summary>A chain that goes on where it ended.</summary>
    public static AuditChain Resume(int day, int lastSequence, string lastHash) =>
        new()
        {
            Day = day,
            LastSequence = lastSequence,
            LastHash = lastHash,
        };

    public static int DayOf(DateTime timeUtc) => (timeUtc.Year * 10_000) + (timeUtc.Month * 100) + timeUtc.Day;

    public void Append(AuditEntry entry)
    {
        entry.Link(LastSequence + 1, LastHash);
        (LastSequence, LastHash) = (entry.Sequence, entry.Hash);
    }
}
