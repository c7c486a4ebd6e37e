using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Application.Users;

/// <summary>Does the same to many users, each in a transaction of their own: one failure does not undo the others.</summary>
[ScopedService]
public sealed class BulkService(
    BanService bans,
    UserRolesService roles,
    UserAdministration administration,
    SessionAdminService sessions,
    AdminGuard guard,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>
    /// Stops where the caller loses the right to it. Errors: <c>forbidden</c> without the action's permission, <c>session_not_fresh</c> for
    /// roles, <c>validation_failed</c> when it lacks what it needs.
    /// </summary>
    public async Task<Result<BulkResultDto>> RunAsync(CurrentSession caller, BulkOrder order, CancellationToken ct)
    {
        if (RefusalOf(caller, order) is { } refusal)
        {
            return refusal;
        }

        if (order.Action == BulkAction.Ban && order.BannedUntilUtc <= clock.GetUtcNow().UtcDateTime)
        {
            return Errors.Invalid("expiresAt", "The ban must end in the future.");
        }

        var results = new List<BulkItemDto>(order.Ids.Count);
        foreach (var id in order.Ids.Distinct(StringComparer.Ordinal))
        {
            var error = await RunOneAsync(caller, order, id, ct);
            if (error is { Kind: ErrorKind.Unauthenticated } || (error is not null && RefusalOf(caller, order) is not null))
            {
                return error;
            }

            if (error is { Kind: ErrorKind.Validation } && results.Count == 0)
            {
                // Not about this user but about the order: it would fail for everybody.
                return error;
            }

            results.Add(new BulkItemDto(id, error is null, error?.Code));
        }

        return new BulkResultDto(results, results.Count(r => r.Ok), results.Count(r => !r.Ok));
    }

    public static string PermissionFor(BulkAction action) =>
        action switch
        {
            BulkAction.Ban or BulkAction.Unban => Permissions.UsersBan,
            BulkAction.RevokeSessions => Permissions.SessionsRevoke,
            BulkAction.Delete => Permissions.UsersDelete,
            _ => Permissions.UsersSetRole,
        };

    // Said at the start, and again in each item's transaction, where the caller's rights are those of that moment.
    private Error? RefusalOf(CurrentSession caller, BulkOrder order)
    {
        var permission = PermissionFor(order.Action);
        if (!caller.Has(permission))
        {
            return Errors.Forbidden.About("permission", permission);
        }

        return order.Action == BulkAction.SetRoles ? guard.Staleness(caller) : null;
    }

    private async Task<Error?> RunOneAsync(CurrentSession caller, BulkOrder order, string id, CancellationToken ct) =>
        (
            await unitOfWork.ExecuteAsync<Result>(
                async ct => (RefusalOf(caller, order) ?? await ActAsync(caller, order, id, ct)) is { } error ? error : Result.Success,
                ct
            )
        ).Error;

    private async Task<Error?> ActAsync(CurrentSession caller, BulkOrder order, string id, CancellationToken ct)
    {
        Result result = order.Action switch
        {
            BulkAction.Ban => await bans.BanAsync(caller, id, order.Reason ?? "", order.BannedUntilUtc, ExpectedVersions.Any, ct),
            BulkAction.Unban => await bans.UnbanAsync(caller, id, ExpectedVersions.Any, ct),
            BulkAction.RevokeSessions => await sessions.RevokeAllAsync(caller, id, keepSessionId: caller.Id, ct),
            BulkAction.Delete => await administration.DeleteAsync(caller, id, ExpectedVersions.Any, ct),
            _ => await roles.SetAsync(caller, id, order.Roles ?? [], ExpectedVersions.Any, ct),
        };
        return result.Error;
    }
}

/// <summary>What to do to many users.</summary>
/// <param name="Reason">For bans.</param>
/// <param name="BannedUntilUtc">For bans; null for no end.</param>
/// <param name="Roles">For setting roles.</param>
public sealed record BulkOrder(
    BulkAction Action,
    IReadOnlyList<string> Ids,
    string? Reason,
    DateTime? BannedUntilUtc,
    IReadOnlyList<string>? Roles
);

/// <summary>What can be done to many users at once.</summary>
public enum BulkAction
{
    Ban,
    Unban,
    RevokeSessions,
    Delete,
    SetRoles,
}

/// <summary>What came of it, user by user.</summary>
/// <param name="Results">One for each id, in the given order.</param>
/// <param name="Succeeded">How many worked.</param>
/// <param name="Failed">How many did not.</param>
public sealed record BulkResultDto(IReadOnlyList<BulkItemDto> Results, int Succeeded, int Failed);

/// <summary>What came of one user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Ok">Whether it worked.</param>
/// <param name="Code">The error's code when it did not.</param>
public sealed record BulkItemDto(string Id, bool Ok, string? Code);
