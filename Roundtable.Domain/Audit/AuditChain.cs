namespace Roundtable.Domain.Audit;

/// <summary>The end of a day's chain of audit entries, to which the next entry is linked.</summary>
public sealed class AuditChain
{
    /// <summary>The previous hash of a day's first entry.</summary>
    public static readonly string Genesis = new('0', 64);

    private AuditChain() { }

    /// <summary>The UTC day, as yyyymmdd.</summary>
    public int Day { get; private set; }

    public int LastSequence { get; private set; }

    public string LastHash { get; private set; } = Genesis;

    /// <summary>
    /// When the day's entries were deleted at the end of their retention; the end of the chain stays, to verify an export.
    /// </summary>
    public DateTime? RemovedAtUtc { get; private set; }

    public static AuditChain Begin(int day) => new() { Day = day };

    /// <summary>Continues a chain from its last entry.</summary>
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
