using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Users;

/// <summary>List and retrieve users.</summary>
[Route("api/v1/admin/users")]
[Tags("AdminUsers")]
public sealed class AdminUsersController(UserAdminService users) : ApiController
{
    /// <summary>List users.</summary>
    /// <remarks>All filters must match.</remarks>
    /// <response code="200">A page of users.</response>
    [HttpGet]
    [Operation("listUsers")]
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
    [RequirePermission(Permissions.UsersRead)]
    [ProducesResponseType<ApiResponse<UserDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("not_found")]
    public async Task<ActionResult> Get(string id, CancellationToken ct) => ReplyVersioned(await users.GetAsync(id, ct));
}
