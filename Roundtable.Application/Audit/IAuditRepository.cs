using Roundtable.Application.Common;
using Roundtable.Domain.Audit;

namespace Roundtable.Application.Audit;

/// <summary>Stores audit entries. It cannot change or remove one; see <see cref="AuditRetention"/>.</summary>
public interface IAuditRepository
{
    void Add(AuditEntry entry);

    /// <summary>Ordered newest first. Errors: <c>invalid_cursor</c>.</summary>
    /// <param name="withNames">Whether to look up the current names and addresses of actors and users concerned.</param>
    Task<Result<Page<AuditEntryDto>>> ListAsync(AuditFilter filter, PageRequest page, bool withNames, CancellationToken ct);

    /// <summary>Whether an entry matches the filter.</summary>
    Task<bool> AnyAsync(AuditFilter filter, CancellationToken ct);

    /// <summary>Reads all entries that match the filter, oldest first, in small batches.</summary>
    /// <inheritdoc cref="ListAsync"/>
    IAsyncEnumerable<AuditEntryDto> ReadAllAsync(AuditFilter filter, bool withNames, CancellationToken ct);

    /// <summary>Verifies every day's chain from its start and reports the first entry that does not match.</summary>
    Task<AuditVerificationDto> VerifyAsync(CancellationToken ct);

    /// <summary>
    /// Lists the entries that concern a user, newest first, as the user may see them: with the actor, but without IP address and
    /// device if another user acted. Errors: <c>invalid_cursor</c>.
    /// </summary>
    Task<Result<Page<AuditEntryDto>>> ListActivityAsync(string userId, PageRequest page, CancellationToken ct);
}

/// <summary>Filters entries; all conditions must hold, null matches any.</summary>
/// <param name="ActorId">The actor or the impersonated user.</param>
/// <param name="TargetId">The id of the target.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="FromUtc">Created at or after.</param>
/// <param name="ToUtc">Created before.</param>
public sealed record AuditFilter(string? ActorId, string? TargetId, string? Action, DateTime? FromUtc, DateTime? ToUtc)
{
    /// <summary>The id of the user concerned, or of the target.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The id of a user in any role: the actor, the impersonated user, the user concerned or the target.</summary>
    public string? UserId { get; init; }
}

/// <summary>The result of an integrity check of the log.</summary>
/// <param name="Valid">Whether every entry matches its chain.</param>
/// <param name="Checked">The number of checked entries.</param>
/// <param name="RemovedDays">The number of days removed whole because of retention; not a break.</param>
/// <param name="FirstBreak">The first entry that does not match; null if all do.</param>
public sealed record AuditVerificationDto(bool Valid, long Checked, int RemovedDays, AuditBreakDto? FirstBreak);

/// <summary>The place where the log was altered.</summary>
/// <param name="Id">The entry's id; null if entries are missing at a day's end.</param>
/// <param name="Day">The UTC day, as yyyymmdd.</param>
/// <param name="Sequence">The position in the day's chain.</param>
/// <param name="Reason">What does not match.</param>
public sealed record AuditBreakDto(string? Id, int Day, int Sequence, string Reason);
