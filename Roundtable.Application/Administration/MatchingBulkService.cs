using System.Runtime.CompilerServices;
using Roundtable.Application.Common;
using Roundtable.Application.Roles;
using Roundtable.Application.Users;

namespace Roundtable.Application.Administration;

/// <summary>Applies one action to all users that match a filter, in batches, each user in a separate transaction.</summary>
[ScopedService]
public sealed class MatchingBulkService(BulkService bulk, IMatchingUsers matching, RoleGrants grants, IRoleRepository roles)
{
    // Small enough for frequent progress and for a cancellation that takes effect soon.
    private const int BatchSize = 100;

    /// <summary>
    /// Determines the users and starts. They are those that match now, oldest first: neither changes of the action itself nor of others
    /// add or remove a user later. Errors: those of <see cref="BulkService.RunAsync(Caller, BulkOrder, CancellationToken)"/>,
    /// <c>validation_failed</c> for an unknown role and for no filter unless <paramref name="all"/> is true, <c>conflict</c> if not the
    /// expected number of users match.
    /// </summary>
    /// <param name="order">The action; its ids are ignored.</param>
    /// <param name="stopping">Stops the action after the current batch with the code <c>unavailable</c>: the server shuts down.</param>
    /// <returns>The progress after each batch, and a last line that states the outcome. Reading it runs the action.</returns>
    public async Task<Result<IAsyncEnumerable<BulkProgressDto>>> RunAsync(
        Caller caller,
        BulkOrder order,
        UserFilter filter,
        bool all,
        int expected,
        CancellationToken stopping,
        CancellationToken ct
    )
    {
        if (await bulk.CheckAsync(caller, order, ct) is { } error)
        {
            return error;
        }

        if (!all && filter == new UserFilter())
        {
            return Errors.Invalid("all", new FieldError("required", "Specify a filter, or all users by all=true."));
        }

        if (filter.Role is { } role && await roles.FindAsync(role, ct) is null)
        {
            return Errors.Invalid("role", FieldErrors.NoSuchRole);
        }

        // Only whether the roles exist: who may get them depends on the roles that each user holds.
        var granted = order.Roles ?? [];
        if (await grants.RefusalAsync(caller, granted, granted, ct) is { } unknown)
        {
            return unknown;
        }

        var ids = await matching.FindIdsAsync(filter, ct);
        return ids.Count == expected
            ? Result<IAsyncEnumerable<BulkProgressDto>>.Of(RunAsync(caller, order, ids, stopping, ct))
            : UserErrors.OtherCount.WithDetail("expected", expected).WithDetail("matching", ids.Count);
    }

    private async IAsyncEnumerable<BulkProgressDto> RunAsync(
        Caller caller,
        BulkOrder order,
        IReadOnlyList<Guid> ids,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var progress = new BulkProgressDto(0, ids.Count, 0, 0, [], false, null);
        foreach (var batch in ids.Chunk(BatchSize))
        {
            // Also checks the right to list users, which the endpoint needs and no item's action does.
            var results = new List<BulkItemDto>(batch.Length);
            var stop = stopping.IsCancellationRequested
                ? Errors.ShuttingDown
                : await bulk.CheckAsync(caller, order, ct)
                    ?? await bulk.RunAsync(caller, order with { Ids = [.. batch.Select(id => id.ToString("N"))] }, results, ct);
            progress = progress.After(results.Count, await FailuresOfAsync(results, ct));
            yield return progress;
            if (stop is not null)
            {
                yield return progress with
                {
                    Failures = [],
                    Code = stop.Code,
                };
                yield break;
            }
        }

        yield return progress with
        {
            Failures = [],
            Complete = true,
        };
    }

    private async Task<IReadOnlyList<BulkFailureDto>> FailuresOfAsync(List<BulkItemDto> results, CancellationToken ct)
    {
        var failed = results.Where(r => !r.Ok).ToList();
        if (failed.Count == 0)
        {
            return [];
        }

        var addresses = await matching.ReadAddressesAsync([.. failed.Select(f => f.Id)], ct);
        return [.. failed.Select(f => new BulkFailureDto(f.Id, addresses.GetValueOrDefault(f.Id), f.Code ?? ""))];
    }
}

/// <summary>The users that match a filter, without their data.</summary>
public interface IMatchingUsers
{
    /// <summary>
    /// Finds the ids of all users that match, oldest first, in one consistent read. As GUIDs they take 16 bytes each, so that the ids of
    /// all users of a large installation fit in memory.
    /// </summary>
    Task<IReadOnlyList<Guid>> FindIdsAsync(UserFilter filter, CancellationToken ct);

    /// <summary>Returns the addresses of those of the users that exist, by id.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAddressesAsync(IReadOnlyCollection<string> ids, CancellationToken ct);
}

/// <summary>The state of a bulk action after a batch: a line of the response.</summary>
/// <param name="Done">The number of users processed so far.</param>
/// <param name="Total">The number of users that matched at the start.</param>
/// <param name="Succeeded">The number of successes so far.</param>
/// <param name="Failed">The number of failures so far.</param>
/// <param name="Failures">The failures of this batch.</param>
/// <param name="Complete">True only in the last line of an action that processed every user.</param>
/// <param name="Code">In the last line of an action that stopped early: the error code.</param>
public sealed record BulkProgressDto(
    int Done,
    int Total,
    int Succeeded,
    int Failed,
    IReadOnlyList<BulkFailureDto> Failures,
    bool Complete,
    string? Code
)
{
    internal BulkProgressDto After(int count, IReadOnlyList<BulkFailureDto> failures) =>
        this with
        {
            Done = Done + count,
            Succeeded = Succeeded + count - failures.Count,
            Failed = Failed + failures.Count,
            Failures = failures,
        };
}

/// <summary>A user for whom a bulk action failed.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The address; null if the user no longer exists.</param>
/// <param name="Code">The error code.</param>
public sealed record BulkFailureDto(string Id, string? Email, string Code);
