using Roundtable.Application.Common;
using Roundtable.Domain.Audit;

namespace Roundtable.Application.Audit;

/// <summary>The audit entries. There is no way to change or remove one.</summary>
public interface IAuditRepository
{
    void Add(AuditEntry entry);

    /// <summary>Newest first. Errors: <c>invalid_cursor</c>.</summary>
    Task<Result<Page<AuditEntryDto>>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken ct);

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
