using Roundtable.Application.Audit;
using Roundtable.Application.Common;

namespace Roundtable.Application.Operations;

/// <summary>Records a backup in the audit log: a copy contains all data, and the dashboard shows how old the last one is.</summary>
[ScopedService]
public sealed class BackupRecord(IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <param name="bytes">The size of the copy.</param>
    public Task<Result> AddAsync(long bytes, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            ct =>
            {
                audit.Record(AuditActions.DatabaseBackedUp, new AuditTarget("database", "backup"), new { bytes });
                return Task.FromResult(Result.Success);
            },
            ct
        );
}
