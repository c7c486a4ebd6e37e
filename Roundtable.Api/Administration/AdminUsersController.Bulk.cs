using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Administration;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Administration;

public sealed partial class AdminUsersController
{
    /// <summary>Apply an action to many users.</summary>
    /// <remarks>
    /// Users are processed independently: one failure does not undo the others. Requires the action's permission, and
    /// <c>setRoles</c> also a fresh session or a service account's API key. If the caller loses either meanwhile, the call fails and
    /// the remaining users are left unchanged.
    /// </remarks>
    /// <param name="request">The action and the users.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The result for each user.</response>
    [HttpPost("bulk")]
    [Operation("bulkUsers", LogType = "security")]
    [AllowApiKey]
    [RequireAnyPermission(Permissions.UsersBan, Permissions.SessionsRevoke, Permissions.UsersDelete, Permissions.UsersSetRole)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<BulkResultDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<BulkResultDto>>> Bulk(
        BulkRequest request,
        [FromServices] BulkService bulk,
        CancellationToken ct
    ) => Reply(await bulk.RunAsync(Caller, request.ToOrder(), ct));

    /// <summary>Apply an action to all users that match a filter, or to all users with <c>all=true</c>.</summary>
    /// <remarks>
    /// Takes the filters of the list. Requires the action's permission besides <c>users:list</c>, and <c>setRoles</c> also a fresh session
    /// or a service account's API key. The users are those that match at the start. Each is processed as by the bulk action with ids,
    /// in batches of 100. The response is NDJSON: after each batch a line <c>{ done, total, succeeded, failed, failures: [{ id, email,
    /// code }], complete, code }</c>, in which <c>failures</c> are those of the batch. The last line has <c>complete: true</c>, or the
    /// error's <c>code</c> if the caller lost the right meanwhile or the server shut down; a response without either was cut off.
    /// Closing the connection cancels the action; users that have been processed stay changed.
    /// </remarks>
    /// <param name="filter">Filters for users.</param>
    /// <param name="request">The action.</param>
    /// <param name="all">Whether to include all users when there is no filter. Default: false.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The progress, batch by batch.</response>
    [HttpPost("bulk/matching")]
    [ExportRateLimit]
    [Operation("bulkMatchingUsers", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersList)]
    [NotWhileImpersonating]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "application/x-ndjson")]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<IActionResult> BulkMatching(
        [FromQuery] UserFilterRequest filter,
        BulkMatchingRequest request,
        [FromQuery] bool all,
        [FromServices] MatchingBulkService bulk,
        [FromServices] IHostApplicationLifetime lifetime,
        CancellationToken ct
    )
    {
        var lines = await bulk.RunAsync(
            Caller,
            request.ToOrder(),
            filter.ToFilter(),
            all,
            request.Expected,
            lifetime.ApplicationStopping,
            ct
        );
        return lines.Failed ? Problem(lines.Error!) : new ProgressResult<BulkProgressDto>(lines.Value);
    }
}
