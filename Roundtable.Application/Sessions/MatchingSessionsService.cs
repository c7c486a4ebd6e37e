using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>Signs many users out at once.</summary>
[ScopedService]
public sealed class MatchingSessionsService(
    ISessionRepository sessions,
    TrustedBrowsers trusted,
    RoleGrants grants,
    IRoleRepository roles,
    IUnitOfWork unitOfWork,
    IAuditTrail audit,
    TimeProvider clock
)
{
    private const int BatchSize = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Ends the sessions and the trusted browsers of all users that the filter finds, in batches: each is a short transaction, so that
    /// nobody else waits long for the database. The caller's own are left out, and those of users who hold a permission that the caller
    /// lacks. Errors: <c>validation_failed</c> for a role that does not exist, and without a filter unless <paramref name="all"/> are
    /// meant.
    /// </summary>
    public async Task<Result<RevokedDto>> RevokeAsync(CurrentSession caller, UserFilter filter, bool all, CancellationToken ct)
    {
        if (!all && filter == new UserFilter())
        {
            return Errors.Invalid("all", "Name a filter, or everybody by all=true.");
        }

        if (filter.Role is { } role && await roles.FindAsync(role, ct) is null)
        {
            return Errors.Invalid("role", "There is no such role.");
        }

        // Trust first: a sign-in that still relied on it has its session ended by what follows.
        var forgotten = await InBatchesAsync(
            caller,
            (except, ct) => trusted.FindMatchingAsync(filter, except, caller.Id, BatchSize, ct),
            trusted.RevokeManyAsync,
            ct
        );
        if (forgotten.Failed)
        {
            return forgotten.Error!;
        }

        var ended = await InBatchesAsync(
            caller,
            (except, ct) => sessions.FindMatchingAsync(filter, except, caller.Id, BatchSize, Now, ct),
            (ids, except, ct) => sessions.EndManyAsync(ids, except, SessionEndReason.RevokedByAdmin, Now, ct),
            ct
        );
        return ended.Failed ? ended.Error! : await RecordAsync(filter, ended.Value, ct);
    }

    private async Task<Result<int>> InBatchesAsync(
        CurrentSession caller,
        Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyList<string>>> find,
        Func<IReadOnlyList<string>, IReadOnlyCollection<string>, CancellationToken, Task<int>> end,
        CancellationToken ct
    )
    {
        var total = 0;
        while (true)
        {
            // Outside the transaction: what a filter finds can take long, and nobody writes meanwhile.
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

/// <summary>How many sessions ended.</summary>
/// <param name="Count">The number.</param>
public sealed record RevokedDto(int Count);
