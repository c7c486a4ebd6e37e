using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Email;

/// <summary>Lists outgoing e-mails and retries them.</summary>
[ScopedService]
public sealed class OutboxService(IOutboxAdministration outbox, IUserRepository users, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>The maximum number of e-mails that one request retries.</summary>
    public const int MaxRetries = 500;

    /// <summary>Ordered newest first. Errors: <c>validation_failed</c> for an unknown user, <c>invalid_cursor</c>.</summary>
    public async Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct)
    {
        if (await ProblemAsync(filter, ct) is { } problem)
        {
            return problem;
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

    /// <summary>Retries the failed and pending e-mails of these, each with its own result, and resets their attempts.</summary>
    public Task<Result<MailRetryDto>> RetryAllAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<MailRetryDto>>(async ct => await RequeueAsync(ids, more: false, ct), ct);

    /// <summary>
    /// Retries the failed e-mails, of one user or all, oldest first, at most <see cref="MaxRetries"/>. Errors: <c>validation_failed</c>
    /// for an unknown user.
    /// </summary>
    public Task<Result<MailRetryDto>> RetryFailedAsync(string? userId, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<MailRetryDto>>(
            async ct =>
            {
                var filter = new OutboxFilter(OutboxStatus.Failed, userId);
                if (await ProblemAsync(filter, ct) is { } problem)
                {
                    return problem;
                }

                var ids = await outbox.ListIdsAsync(filter, MaxRetries + 1, ct);
                return await RequeueAsync([.. ids.Take(MaxRetries)], ids.Count > MaxRetries, ct);
            },
            ct
        );

    private async Task<MailRetryDto> RequeueAsync(IReadOnlyCollection<string> ids, bool more, CancellationToken ct)
    {
        var wanted = ids.Distinct(StringComparer.Ordinal).ToList();
        var requeued = await outbox.RequeueAsync(wanted, ct);
        var results = wanted.ConvertAll(id =>
            requeued.TryGetValue(id, out var ok)
                ? new MailRetryItemDto(id, ok, ok ? null : OutboxErrors.NotRetriable.Code)
                : new MailRetryItemDto(id, false, Errors.NotFound("email", id).Code)
        );
        foreach (var item in results.Where(r => r.Ok))
        {
            audit.Record(AuditActions.EmailRetried, new AuditTarget("email", item.Id));
        }

        return new MailRetryDto(results, results.Count(r => r.Ok), results.Count(r => !r.Ok), more);
    }

    private async Task<Error?> ProblemAsync(OutboxFilter filter, CancellationToken ct) =>
        filter.UserId is { } userId && !await users.ExistsAsync(userId, ct)
            ? Errors.Invalid("userId", new FieldError("not_found", "There is no such user."))
            : null;
}

public static class OutboxErrors
{
    public static readonly Error NotRetriable = new("conflict", ErrorKind.Conflict, "Only failed or waiting messages can be sent again.");
}
