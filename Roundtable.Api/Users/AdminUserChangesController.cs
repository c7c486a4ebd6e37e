using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>
/// Changing users. Apart from reading them: what changes accounts brings a dozen services along, which a list does not need.
/// </summary>
[Route("api/v1/admin/users")]
[Tags("AdminUsers")]
public sealed class AdminUserChangesController(
    UserCreation creation,
    UserAdministration administration,
    BanService bans,
    UserRolesService roles,
    BulkService bulk
) : ApiController
{
    /// <summary>Make an account for somebody.</summary>
    /// <remarks>One with roles or a password needs a fresh session.</remarks>
    /// <param name="request">The account.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="201">The account; an invitation is on its way when asked for.</response>
    [HttpPost]
    [Operation("createUser", LogType = "security")]
    [RequirePermission(Permissions.UsersCreate)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "email_taken")]
    public async Task<ActionResult> Create(CreateUserRequest request, CancellationToken ct) =>
        ReplyCreated(await creation.CreateAsync(Caller, request.ToNewUser(), ct), u => $"/api/v1/admin/users/{u.Id}");

    /// <summary>Change a user's account.</summary>
    /// <remarks>
    /// Members that are absent stay; null clears what may be empty. A changed address ends sessions and pending links, and is
    /// told to the old one with the way back. <c>email</c> and <c>emailVerified</c> need a fresh session, and somebody else's account.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPatch("{id}")]
    [Operation("updateUser", LogType = "security")]
    [RequirePermission(Permissions.UsersUpdate)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "forbidden",
        "session_not_fresh",
        "not_while_impersonating",
        "not_found",
        "email_taken",
        "not_on_yourself",
        "stale_version"
    )]
    public async Task<ActionResult> Update(string id, UpdateUserRequest request, CancellationToken ct) =>
        ReplyVersioned(await administration.UpdateAsync(Caller, id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete a user's account and all that hangs on it.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The account is gone.</response>
    [HttpDelete("{id}")]
    [Operation("deleteUser", LogType = "security")]
    [RequirePermission(Permissions.UsersDelete)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found", "not_on_yourself", "last_admin", "stale_version")]
    public async Task<ActionResult> Delete(string id, CancellationToken ct) =>
        Reply(await administration.DeleteAsync(Caller, id, Request.IfMatch(), ct));

    /// <summary>Do the same to many users.</summary>
    /// <remarks>
    /// Each user for themself: one failure does not undo the others. Needs the permission of the action, <c>setRoles</c> a fresh
    /// session too; who loses either meanwhile is told so, and the rest is left undone.
    /// </remarks>
    /// <param name="request">What to do, and to whom.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">What came of each.</response>
    [HttpPost("bulk")]
    [Operation("bulkUsers", LogType = "security")]
    [RequireAnyPermission(Permissions.UsersBan, Permissions.SessionsRevoke, Permissions.UsersDelete, Permissions.UsersSetRole)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<BulkResultDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<BulkResultDto>>> Bulk(BulkRequest request, CancellationToken ct) =>
        Reply(await bulk.RunAsync(Caller, request.ToOrder(), ct));

    /// <summary>Ban a user: every session ends at once.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">Why and until when.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPost("{id}/ban")]
    [Operation("banUser", LogType = "security")]
    [RequirePermission(Permissions.UsersBan)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "forbidden",
        "not_while_impersonating",
        "not_found",
        "not_on_yourself",
        "last_admin",
        "stale_version"
    )]
    public async Task<ActionResult> Ban(string id, BanRequest request, CancellationToken ct) =>
        ReplyVersioned(await bans.BanAsync(Caller, id, request.Reason, request.ExpiresAt?.UtcDateTime, Request.IfMatch(), ct));

    /// <summary>Lift a ban.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPost("{id}/unban")]
    [Operation("unbanUser", LogType = "security")]
    [RequirePermission(Permissions.UsersBan)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Unban(string id, CancellationToken ct) =>
        ReplyVersioned(await bans.UnbanAsync(Caller, id, Request.IfMatch(), ct));

    /// <summary>Set a user's roles.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">All the roles that the user is to have.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPut("{id}/roles")]
    [Operation("setUserRoles", LogType = "security")]
    [RequirePermission(Permissions.UsersSetRole)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors(
        "validation_failed",
        "forbidden",
        "session_not_fresh",
        "not_while_impersonating",
        "not_found",
        "not_on_yourself",
        "last_admin",
        "stale_version"
    )]
    public async Task<ActionResult> SetRoles(string id, SetRolesRequest request, CancellationToken ct) =>
        ReplyVersioned(await roles.SetAsync(Caller, id, request.Roles, Request.IfMatch(), ct));
}
