using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Administration;

/// <summary>Applies one action to many users, each in a separate transaction: one failure does not roll back the others.</summary>
[ScopedService]
public sealed class BulkService(
    BanService bans,
    UserRolesService roles,
    UserUpdateService administration,
    SessionAdminService sessions,
    AdminGuard guard,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Stops when the caller loses the right to it. Errors: <c>forbidden</c> without the action's permission,
    /// <c>session_not_fresh</c> for roles, <c>validation_failed</c> for missing data.
    /// </summary>
    public async Task<Result<BulkResultDto>> RunAsync(Caller caller, BulkOrder order, CancellationToken ct)
    {
        if ((RefusalOf(caller, order) ?? FaultOf(order)) is { } error)
        {
            return error;
        }

        var results = new List<BulkItemDto>(order.Ids.Count);
        return await RunAsync(caller, order, results, ct) is { } stop
            ? stop
            : new BulkResultDto(results, results.Count(r => r.Ok), results.Count(r => !r.Ok));
    }

    /// <summary>
    /// The same for a part of the users, without checks in advance. Returns the error at which it stopped; null if every user has a
    /// result.
    /// </summary>
    /// <param name="results">Receives the result of each user; must be empty.</param>
    public async Task<Error?> RunAsync(Caller caller, BulkOrder order, List<BulkItemDto> results, CancellationToken ct)
    {
        foreach (var id in order.Ids.Distinct(StringComparer.Ordinal))
        {
            var error = await RunOneAsync(caller, order, id, ct);
            if (error is { Kind: ErrorKind.Unauthenticated } || (error is not null && RefusalOf(caller, order) is not null))
            {
                return error;
            }

            if (error is { Kind: ErrorKind.Validation } && results.Count == 0)
            {
                // The error concerns the request, not this user: it would repeat for every user.
                return error;
            }

            results.Add(new BulkItemDto(id, error is null, error?.Code));
        }

        return null;
    }

    /// <summary>
    /// Returns why the action cannot start, by the caller's current rights; null if it can. Errors: those of
    /// <see cref="RunAsync(Caller, BulkOrder, CancellationToken)"/>.
    /// </summary>
    public async Task<Error?> CheckAsync(Caller caller, BulkOrder order, CancellationToken ct) =>
        (
            await unitOfWork.ExecuteAsync<Result>(
                _ => Task.FromResult((RefusalOf(caller, order) ?? FaultOf(order)) is { } error ? error : Result.Success),
                ct
            )
        ).Error;

    public static string PermissionFor(BulkAction action) =>
        action switch
        {
            BulkAction.Ban or BulkAction.Unban => Permissions.UsersBan,
            BulkAction.RevokeSessions => Permissions.SessionsRevoke,
            BulkAction.Delete => Permissions.UsersDelete,
            _ => Permissions.UsersSetRole,
        };

    // Checked at the start and again in each item's transaction, with the caller's rights at that time.
    private Error? RefusalOf(Caller caller, BulkOrder order)
    {
        var permission = PermissionFor(order.Action);
        if (!caller.Has(permission))
        {
            return Errors.Lacking(caller, permission);
        }

        return order.Action == BulkAction.SetRoles ? guard.CheckFreshness(caller) : null;
    }

    private Error? FaultOf(BulkOrder order) =>
        order.Action == BulkAction.Ban && order.BannedUntilUtc <= unitOfWork.UtcNow
            ? Errors.Invalid("expiresAt", FieldErrors.BanInThePast)
            : null;

    private async Task<Error?> RunOneAsync(Caller caller, BulkOrder order, string id, CancellationToken ct) =>
        (
            await unitOfWork.ExecuteAsync<Result>(
                async ct => (RefusalOf(caller, order) ?? await ActAsync(caller, order, id, ct)) is { } error ? error : Result.Success,
                ct
            )
        ).Error;

    private async Task<Error?> ActAsync(Caller caller, BulkOrder order, string id, CancellationToken ct)
    {
        Result result = order.Action switch
        {
            BulkAction.Ban => await bans.BanAsync(caller, id, order.Reason ?? "", order.BannedUntilUtc, ExpectedVersions.Any, ct),
            BulkAction.Unban => await bans.UnbanAsync(caller, id, ExpectedVersions.Any, ct),
            BulkAction.RevokeSessions => await sessions.RevokeAllAsync(caller, id, keepSessionId: caller.SessionId, ct),
            BulkAction.Delete => await administration.DeleteAsync(caller, id, ExpectedVersions.Any, ct),
            _ => await roles.SetAsync(caller, id, order.Roles ?? [], ExpectedVersions.Any, ct),
        };
        return result.Error;
    }
}

/// <summary>A bulk action and its parameters.</summary>
/// <param name="Reason">For bans.</param>
/// <param name="BannedUntilUtc">For bans; null for a permanent ban.</param>
/// <param name="Roles">For setting roles.</param>
public sealed record BulkOrder(
    BulkAction Action,
    IReadOnlyList<string> Ids,
    string? Reason,
    DateTime? BannedUntilUtc,
    IReadOnlyList<string>? Roles
);

/// <summary>The actions that can be applied to many users.</summary>
public enum BulkAction
{
    Ban,
    Unban,
    RevokeSessions,
    Delete,
    SetRoles,
}

/// <summary>The result of a bulk action, by user.</summary>
/// <param name="Results">One for each id, in the given order.</param>
/// <param name="Succeeded">The number of successes.</param>
/// <param name="Failed">The number of failures.</param>
public sealed record BulkResultDto(IReadOnlyList<BulkItemDto> Results, int Succeeded, int Failed);

/// <summary>The result for one user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Ok">Whether it succeeded.</param>
/// <param name="Code">The error code if it failed.</param>
public sealed record BulkItemDto(string Id, bool Ok, string? Code);
