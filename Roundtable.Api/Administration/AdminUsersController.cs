using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Administration;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Administration;

// A list needs none of the services that changes need: each action takes its own.
/// <summary>List and retrieve users, change them and restore their access.</summary>
[Route("api/v1/admin/users")]
[Tags("AdminUsers")]
public sealed partial class AdminUsersController(UserAdminService users) : ApiController
{
    /// <summary>List users.</summary>
    /// <remarks>All filters must match.</remarks>
    /// <response code="200">A page of users.</response>
    [HttpGet]
    [Operation("listUsers")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersList)]
    [ProducesResponseType<ApiResponse<PagedList<UserDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<UserDto>>>> List([FromQuery] UserListRequest request, CancellationToken ct) =>
        Reply(await users.ListAsync(request.ToFilter(), request.ToOrder(), request.ToPage(), ct));

    /// <summary>Retrieve a user's account.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The account, with its version in `ETag`.</response>
    [HttpGet("{id}")]
    [Operation("getUserAsAdmin")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersRead)]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await users.GetAsync(id, ct));

    /// <summary>Create a user account.</summary>
    /// <remarks>
    /// Requires a fresh session if roles or a password are given. API keys cannot set a password, and only those of service accounts
    /// roles.
    /// </remarks>
    /// <param name="request">The account to create.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="201">The account. An invitation is mailed if requested.</response>
    [HttpPost]
    [Operation("createUser", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersCreate)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "email_taken")]
    public async Task<ActionResult> Create(CreateUserRequest request, [FromServices] UserCreationService creation, CancellationToken ct) =>
        ReplyCreated(await creation.CreateAsync(Caller, request.ToNewUser(), ct), u => $"/api/v1/admin/users/{u.Id}");

    /// <summary>Change a user's account.</summary>
    /// <remarks>
    /// Omitted members keep their value; null clears optional ones. Changing the address ends sessions and pending links and
    /// mails the old address a notice with an undo link. <c>email</c> and <c>emailVerified</c> require a fresh session and cannot
    /// be changed on your own account; of API keys, only those of service accounts can change them.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The changes.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated account.</response>
    [HttpPatch("{id}")]
    [Operation("updateUser", LogType = "security")]
    [AllowApiKey]
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
    public async Task<ActionResult> Update(
        string id,
        UpdateUserRequest request,
        [FromServices] UserUpdateService update,
        CancellationToken ct
    ) => ReplyVersioned(await update.UpdateAsync(Caller, id, request.ToChanges(), Request.IfMatch(), ct));

    /// <summary>Delete a user's account and all its data.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The account was deleted.</response>
    [HttpDelete("{id}")]
    [Operation("deleteUser", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersDelete)]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found", "not_on_yourself", "last_admin", "stale_version")]
    public async Task<ActionResult> Delete(string id, [FromServices] UserUpdateService update, CancellationToken ct) =>
        Reply(await update.DeleteAsync(Caller, id, Request.IfMatch(), ct));

    /// <summary>Ban a user and end all their sessions.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The reason and the expiry.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated account.</response>
    [HttpPost("{id}/ban")]
    [Operation("banUser", LogType = "security")]
    [AllowApiKey]
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
    public async Task<ActionResult> Ban(string id, BanRequest request, [FromServices] BanService bans, CancellationToken ct) =>
        ReplyVersioned(await bans.BanAsync(Caller, id, request.Reason, request.ExpiresAt?.UtcDateTime, Request.IfMatch(), ct));

    /// <summary>Lift a user's ban.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated account.</response>
    [HttpPost("{id}/unban")]
    [Operation("unbanUser", LogType = "security")]
    [AllowApiKey]
    [RequirePermission(Permissions.UsersBan)]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("forbidden", "not_while_impersonating", "not_found", "stale_version")]
    public async Task<ActionResult> Unban(string id, [FromServices] BanService bans, CancellationToken ct) =>
        ReplyVersioned(await bans.UnbanAsync(Caller, id, Request.IfMatch(), ct));

    /// <summary>Set a user's roles.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The complete list of the user's roles.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated account.</response>
    [HttpPut("{id}/roles")]
    [Operation("setUserRoles", LogType = "security")]
    [AllowApiKey]
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
    public async Task<ActionResult> SetRoles(
        string id,
        SetRolesRequest request,
        [FromServices] UserRolesService roles,
        CancellationToken ct
    ) => ReplyVersioned(await roles.SetAsync(Caller, id, request.Roles, Request.IfMatch(), ct));
}
