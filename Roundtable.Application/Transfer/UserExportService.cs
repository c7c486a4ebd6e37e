using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;

namespace Roundtable.Application.Transfer;

/// <summary>Exports users.</summary>
[ScopedService]
public sealed class UserExportService(IUserTransfer transfer, IRoleRepository roles, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Streams all users that match the filter. Errors: <c>validation_failed</c> for an unknown role.</summary>
    public async Task<Result<IAsyncEnumerable<ExportedUserDto>>> RunAsync(UserFilter filter, CancellationToken ct)
    {
        if (filter.Role is { } role && await roles.FindAsync(role, ct) is null)
        {
            return Errors.Invalid("role", FieldErrors.NoSuchRole);
        }

        var recorded = await unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                audit.Record(AuditActions.UsersExported, new AuditTarget("users", "export"), filter);
                return Task.FromResult(Result.Success);
            },
            ct
        );
        return recorded.Failed ? recorded.Error! : Result<IAsyncEnumerable<ExportedUserDto>>.Of(transfer.ReadAllAsync(filter, ct));
    }
}
