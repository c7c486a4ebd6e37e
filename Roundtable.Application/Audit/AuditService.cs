using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Audit;

/// <summary>Reads the audit log.</summary>
[ScopedService]
public sealed class AuditService(IAuditRepository entries, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>
    /// Lists entries; with the names of users only for callers who may list users. Errors: <c>validation_failed</c> for an unknown
    /// action, <c>invalid_cursor</c>.
    /// </summary>
    public async Task<Result<Page<AuditEntryDto>>> ListAsync(Caller caller, AuditFilter filter, PageRequest page, CancellationToken ct)
    {
        if (filter.Action is { } action && !AuditActions.All.Contains(action))
        {
            return Errors.Invalid("action", FieldErrors.NoSuchAction);
        }

        return await entries.ListAsync(filter, page, SeesNames(caller), ct);
    }

    /// <summary>Lists the caller's own activity. Errors: <c>invalid_cursor</c>.</summary>
    public Task<Result<Page<AuditEntryDto>>> ListOwnAsync(Caller caller, PageRequest page, CancellationToken ct) =>
        entries.ListActivityAsync(caller.PrincipalId, page, ct);

    /// <summary>
    /// Exports all entries that match the filter to a file, oldest first, with the names that the list shows. Errors:
    /// <c>validation_failed</c> for an unknown action.
    /// </summary>
    public async Task<Result<IAsyncEnumerable<AuditEntryDto>>> ExportAsync(Caller caller, AuditFilter filter, CancellationToken ct)
    {
        if (filter.Action is { } action && !AuditActions.All.Contains(action))
        {
            return Errors.Invalid("action", FieldErrors.NoSuchAction);
        }

        var recorded = await unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                audit.Record(AuditActions.AuditLogExported, new AuditTarget("auditLog", "export"), filter);
                return Task.FromResult(Result.Success);
            },
            ct
        );
        return recorded.Failed
            ? recorded.Error!
            : Result<IAsyncEnumerable<AuditEntryDto>>.Of(entries.ReadAllAsync(filter, SeesNames(caller), ct));
    }

    public async Task<Result<AuditVerificationDto>> VerifyAsync(CancellationToken ct) => await entries.VerifyAsync(ct);

    private static bool SeesNames(Caller caller) => caller.Has(Permissions.UsersList);
}
