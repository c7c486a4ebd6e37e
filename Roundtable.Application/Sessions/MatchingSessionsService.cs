using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>Signs out many users at once.</summary>
[ScopedService]
public sealed class MatchingSessionsService(
    ISessionRepository sessions,
    TrustedBrowsers trusted,
    RoleGrants grants,
    IRoleRepository roles,
    IUnitOfWork unitOfWork,
    IAuditTrail audit
)
{
    private const int BatchSize = 100;

    private DateTime Now => unitOfWork.UtcNow;

    /// <summary>
    /// Revokes the sessions and trusted browsers of all users that match the filter, in batches. Each batch is a short transaction,
    /// so that other writers do not wait long. The caller's session, and users with a permission that the caller lacks, are excluded.
    /// Errors: <c>validation_failed</c> for an unknown role, and for a missing filter unless <paramref name="all"/> is true.
    /// </summary>
    public async Task<Result<RevokedDto>> RevokeAsync(Caller caller, UserFilter filter, bool all, CancellationToken ct)
    {
        if (!all && filter == new UserFilter())
        {
            return Errors.Invalid("all", new FieldError("required", "Specify a filter, or all users by all=true."));
        }

        if (filter.Role is { } role && await roles.FindAsync(role, ct) is null)
        {
            return Errors.Invalid("role", FieldErrors.NoSuchRole);
        }

        // Trusted browsers first: the next step ends the session of a sign-in that still relied on one.
        var revoked = await InBatchesAsync(
            caller,
            (except, ct) => trusted.FindMatchingAsync(filter, except, caller.SessionId ?? "", BatchSize, ct),
            trusted.RevokeManyAsync,
            ct
        );
        if (revoked.Failed)
        {
            return revoked.Error!;
        }

        var ended = await InBatchesAsync(
            caller,
            (except, ct) => sessions.FindMatchingAsync(filter, except, caller.SessionId ?? "", BatchSize, Now, ct),
            (ids, except, ct) => sessions.EndManyAsync(ids, except, SessionEndReason.RevokedByAdmin, Now, ct),
            ct
        );
        return ended.Failed ? ended.Error! : await RecordAsync(filter, ended.Value, ct);
    }

    private async Task<Result<int>> InBatchesAsync(
        Caller caller,
        Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyList<string>>> find,
        Func<IReadOnlyList<string>, IReadOnlyCollection<string>, CancellationToken, Task<int>> end,
        CancellationToken ct
    )
    {
        var total = 0;
        while (true)
        {
            // Outside the transaction, because a filter query can take long and would block other writers.
            var found = await find(await grants.FindOutrankingAsync(caller, ct), ct);
            if (found.Count == 0)
            {
                return total;
            }

            var ended = await unitOfWork.ExecuteAsync<Result<int>>(
                async ct => await end(found, await grants.FindOutrankingAsync(caller, ct), ct),
                ct
            );
            if (ended.Failed)
            {
                return ended;
            }

            total += ended.Value;
            if (found.Count < BatchSize)
            {
                return total;
            }
        }
    }

    private Task<Result<RevokedDto>> RecordAsync(UserFilter filter, int count, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<RevokedDto>>(
            _ =>
            {
                audit.Record(
                    AuditActions.SessionsRevoked,
                    new AuditTarget("users", "matching"),
                    new { count, filter },
                    raises: new SessionsRevoked(null, count)
                );
                return Task.FromResult<Result<RevokedDto>>(new RevokedDto(count));
            },
            ct
        );
}

/// <summary>The number of revoked sessions.</summary>
/// <param name="Count">The number.</param>
public sealed record RevokedDto(int Count);
