using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Application.Email;

/// <summary>Lists outgoing e-mails and retries them.</summary>
[ScopedService]
public sealed class OutboxService(IOutboxAdministration outbox, IUserRepository users, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>Ordered newest first. Errors: <c>validation_failed</c> for an unknown user, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct)
    {
        if (filter.UserId is { } userId && !await users.ExistsAsync(userId, ct))
        {
            return Errors.Invalid("userId", new FieldError("not_found", "There is no such user."));
        }

        return await outbox.ListAsync(filter, page, ct);
    }

    /// <summary>
    /// Retries a failed or pending e-mail and resets its attempts. Errors: <c>not_found</c>, <c>conflict</c> for other states.
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
    public static readonly Error TooManyTests = new(
        "conflict",
        ErrorKind.Conflict,
        "Too many test mails were sent to this address. Try again in a quarter of an hour."
    );

    public static readonly Error NotRetriable = new("conflict", ErrorKind.Conflict, "Only failed or waiting messages can be sent again.");
}
