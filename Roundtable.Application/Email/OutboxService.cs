using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Email;

namespace Roundtable.Application.Email;

/// <summary>Shows how mail fares, and gives it another chance.</summary>
public sealed class OutboxService(IOutboxAdministration outbox, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Newest first. Errors: <c>invalid_cursor</c>.</summary>
    public Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxStatus? status, PageRequest page, CancellationToken ct) => outbox.ListAsync(status, page, ct);

    /// <summary>Sends a failed or waiting mail again, its attempts counted anew. Errors: <c>not_found</c>, <c>conflict</c> for others.</summary>
    public Task<Result> RetryAsync(string id, CancellationToken ct) => unitOfWork.ExecuteAsync<Result>(
        async ct =>
        {
            if (!await outbox.ExistsAsync(id, ct))
            {
                return Errors.NotFound("email", id);
            }

            if (!await outbox.RequeueAsync(id, ct))
            {
                return OutboxErrors.NotRetriable;
            }

            audit.Record(AuditActions.EmailRetried, new AuditTarget("email", id));
            return Result.Success;
        },
        ct);
}

public static class OutboxErrors
{
    public static readonly Error NotRetriable = new("conflict", ErrorKind.Conflict, "Only a mail that failed or waits can be sent again.");
}
