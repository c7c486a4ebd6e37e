using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Cleanup;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>What admins do with other people's sessions.</summary>
[ScopedService]
public sealed class SessionAdminService(
    ISessionRepository sessions, TrustedBrowsers trusted, IUserRepository users, IRoleRepository roles, IUnitOfWork unitOfWork, IAuditTrail audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<IReadOnlyList<SessionDto>>> ListAsync(CurrentSession caller, string userId, CancellationToken ct)
    {
        if (!await users.ExistsAsync(userId, ct))
        {
            return UserErrors.NotFound(userId);
        }

        var list = await sessions.ListAsync(userId, Now, ct);
        return list.Select(s => s with { Current = s.Id == caller.Id }).ToList();
    }

    /// <summary>Ends all sessions of a user. Errors: <c>not_found</c>.</summary>
    public Task<Result> RevokeAllAsync(string userId, CancellationToken ct) => unitOfWork.ExecuteAsync<Result>(
        async ct =>
        {
            if (!await users.ExistsAsync(userId, ct))
            {
                return UserErrors.NotFound(userId);
            }

            var count = await sessions.EndAllAsync(userId, null, SessionEndReason.RevokedByAdmin, Now, ct);
            await trusted.RevokeAllAsync(userId, null, ct);
            audit.Record(AuditActions.SessionsRevoked, AuditTarget.User(userId), new { count }, raises: new SessionsRevoked(userId, count));
            return Result.Success;
        },
        ct);

    /// <summary>Ends one session of anybody. Errors: <c>not_found</c>.</summary>
    public Task<Result> RevokeAsync(string id, CancellationToken ct) => unitOfWork.ExecuteAsync<Result>(
        async ct =>
        {
            var owner = await sessions.FindOwnerAsync(id, Now, ct);
            if (owner is null || !await sessions.EndAsync(id, SessionEndReason.RevokedByAdmin, Now, ct))
            {
                return SessionErrors.NotFound(id);
            }

            await trusted.RevokeAsync(owner, id, ct);
            audit.Record(AuditActions.SessionRevoked, AuditTarget.Session(id, owner), new { userId = owner }, raises: new SessionRevoked(owner, id));
            return Result.Success;
        },
        ct);

    /// <summary>
    /// Ends the sessions and the trusted browsers of all users that the filter finds, the caller's own excepted, in batches: each is a short
    /// transaction, so that nobody else waits long for the database. Errors: <c>validation_failed</c> for a role that does not exist, and
    /// without a filter unless <paramref name="all"/> are meant.
    /// </summary>
    public async Task<Result<RevokedDto>> RevokeMatchingAsync(CurrentSession caller, UserFilter filter, bool all, CancellationToken ct)
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
        await InBatchesAsync(ct => trusted.RevokeBatchAsync(filter, caller.Id, CleanupService.BatchSize, ct), ct);
        var total = await InBatchesAsync(ct => sessions.EndBatchAsync(filter, caller.Id, CleanupService.BatchSize, SessionEndReason.RevokedByAdmin, Now, ct), ct);
        await unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                audit.Record(AuditActions.SessionsRevoked, new AuditTarget("users", "matching"), new { count = total, filter }, raises: new SessionsRevoked(null, total));
                return Task.FromResult(Result.Success);
            },
            ct);
        return new RevokedDto(total);
    }

    private async Task<int> InBatchesAsync(Func<CancellationToken, Task<int>> work, CancellationToken ct)
    {
        var total = 0;
        for (var batch = CleanupService.BatchSize; batch == CleanupService.BatchSize;)
        {
            batch = (await unitOfWork.ExecuteAsync<Result<int>>(async ct => await work(ct), ct)).Value;
            total += batch;
        }

        return total;
    }
}

/// <summary>How many sessions ended.</summary>
/// <param name="Count">The number.</param>
public sealed record RevokedDto(int Count);
