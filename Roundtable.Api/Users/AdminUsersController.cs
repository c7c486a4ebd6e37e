using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>Managing users.</summary>
[Route("api/v1/admin/users")]
[Tags("AdminUsers")]
public sealed class AdminUsersController(UserAdminService users, BanService bans, UserRolesService roles) : ApiController
{
    /// <summary>List users.</summary>
    /// <remarks>All filters hold at once.</remarks>
    /// <response code="200">A piece of the list.</response>
    [HttpGet]
    [Operation("listUsers")]
    [RequirePermission(Permissions.UsersList)]
    [ProducesResponseType<ApiResponse<PagedList<UserDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<UserDto>>>> List([FromQuery] UserListRequest request, CancellationToken ct) =>
        Reply(await users.ListAsync(request.ToFilter(), request.ToOrder(), request.ToPage(), ct));

    /// <summary>Read a user's account.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account, its version in <c>ETag</c>.</response>
    [HttpGet("{id}")]
    [Operation("getUserAsAdmin")]
    [RequirePermission(Permissions.UsersRead)]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyUser(await users.GetAsync(id, ct));

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
    [ProducesErrors("validation_failed", "not_while_impersonating", "not_found", "not_on_yourself", "last_admin", "stale_version")]
    public async Task<ActionResult> Ban(string id, BanRequest request, CancellationToken ct) =>
        ReplyUser(await bans.BanAsync(Caller, id, request.Reason, request.ExpiresAt?.UtcDateTime, Request.ExpectedVersion(), ct));

    /// <summary>Lift a ban.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPost("{id}/unban")]
    [Operation("unbanUser", LogType = "security")]
    [RequirePermission(Permissions.UsersBan)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Unban(string id, CancellationToken ct) => ReplyUser(await bans.UnbanAsync(id, Request.ExpectedVersion(), ct));

    /// <summary>Set a user's roles.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">All the roles that the user is to have.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The account as it is now.</response>
    [HttpPut("{id}/roles")]
    [Operation("setUserRoles", LogType = "security")]
    [RequirePermission(Permissions.UsersSetRole)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "forbidden", "not_while_impersonating", "not_found", "not_on_yourself", "last_admin", "stale_version")]
    public async Task<ActionResult> SetRoles(string id, SetRolesRequest request, CancellationToken ct) =>
        ReplyUser(await roles.SetAsync(Caller, id, request.Roles, Request.ExpectedVersion(), ct));
}
