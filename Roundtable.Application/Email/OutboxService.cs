using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Application.Email;

/// <summary>Shows how mail fares, and gives it another chance.</summary>
[ScopedService]
public sealed class OutboxService(IOutboxAdministration outbox, IUserRepository users, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Newest first. Errors: <c>validation_failed</c> for a user that does not exist, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct)
    {
        if (filter.UserId is { } userId && !await users.ExistsAsync(userId, ct))
        {
            return Errors.Invalid("userId", "There is no such user.");
        }

        return await outbox.ListAsync(filter, page, ct);
    }

    /// <summary>
    /// Sends a failed or waiting mail again, its attempts counted anew. Errors: <c>not_found</c>, <c>conflict</c> for others.
    /// </summary>
    public Task<Result> RetryAsync(string id, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
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
            ct
        );
}

public static class OutboxErrors
{
    public static readonly Error NotRetriable = new("conflict", ErrorKind.Conflict, "Only what failed or waits can be sent again.");
}
