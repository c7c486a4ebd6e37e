using Roundtable.Application.Common;
using Roundtable.Domain.Audit;

namespace Roundtable.Application.Audit;

/// <summary>The audit entries. There is no way here to change or remove one; see <see cref="AuditRetention"/>.</summary>
public interface IAuditRepository
{
    void Add(AuditEntry entry);

    /// <summary>Newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<AuditEntryDto>>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken ct);

    /// <summary>Whether the filter finds an entry.</summary>
    Task<bool> AnyAsync(AuditFilter filter, CancellationToken ct);

    /// <summary>All entries that the filter finds, oldest first, read in short pieces.</summary>
    IAsyncEnumerable<AuditEntryDto> ReadAllAsync(AuditFilter filter, CancellationToken ct);

    /// <summary>Follows every day's chain from its beginning and reports the first entry that does not fit.</summary>
    Task<AuditVerificationDto> VerifyAsync(CancellationToken ct);

    /// <summary>
    /// What concerns one user, newest first, as they may see it: who did it, but not from which address or device when it was
    /// somebody else. Errors: <c>invalid_cursor</c>.
    /// </summary>
    Task<Result<Page<AuditEntryDto>>> ListActivityAsync(string userId, PageRequest page, CancellationToken ct);
}

/// <summary>Which entries are wanted; all conditions hold at once, null means any.</summary>
/// <param name="ActorId">Who did it, or in whose name it was done.</param>
/// <param name="TargetId">The id of what it was done to.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="FromUtc">At or after.</param>
/// <param name="ToUtc">Before.</param>
public sealed record AuditFilter(string? ActorId, string? TargetId, string? Action, DateTime? FromUtc, DateTime? ToUtc);

/// <summary>Whether the log is as it was written.</summary>
/// <param name="Valid">Whether every entry fits its chain.</param>
/// <param name="Checked">How many entries were looked at.</param>
/// <param name="RemovedDays">How many days were removed whole, being older than the log is kept; no break.</param>
/// <param name="FirstBreak">The first entry that does not fit; null when all do.</param>
public sealed record AuditVerificationDto(bool Valid, long Checked, int RemovedDays, AuditBreakDto? FirstBreak);

/// <summary>Where the log was changed.</summary>
/// <param name="Id">The entry's id; null when entries are missing at a day's end.</param>
/// <param name="Day">The UTC day, as yyyymmdd.</param>
/// <param name="Sequence">The place in the day's chain.</param>
/// <param name="Reason">What does not fit.</param>
public sealed record AuditBreakDto(string? Id, int Day, int Sequence, string Reason);
