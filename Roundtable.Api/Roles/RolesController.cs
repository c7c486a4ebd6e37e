using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Roles;

/// <summary>Manage roles, which are named sets of permissions.</summary>
[Route("api/v1/admin/roles")]
[Tags("Roles")]
public sealed class RolesController(RoleService roles) : ApiController
{
    /// <summary>List roles.</summary>
    /// <response code="200">All roles, by name. `admin` holds every permission.</response>
    [HttpGet]
    [Operation("listRoles")]
    [AllowApiKey]
    [RequirePermission(Permissions.RolesRead)]
    [ProducesResponseType<ApiResponse<PagedList<RoleDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<RoleDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await roles.ListAsync(ct), request, r => r.Name);

    /// <summary>Create a role or replace its permissions.</summary>
    /// <remarks>You cannot grant a permission that you lack, nor change a role that has it.</remarks>
    /// <param name="name">The role's name: lower-case letters, digits and hyphens, beginning with a letter.</param>
    /// <param name="request">The role's permissions.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated role.</response> <response code="201">The new role.</response>
    [HttpPut("{name}")]
    [Operation("saveRole", LogType = "security")]
    [RequirePermission(Permissions.RolesWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<RoleDto>>(StatusCodes.Status200OK)]
    [ProducesResponseType<ApiResponse<RoleDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "forbidden", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult> Save(string name, SaveRoleRequest request, CancellationToken ct)
    {
        var result = await roles.SaveAsync(Session, name, request.Permissions, ct);
        return result switch
        {
            { Failed: true } => Problem(result.Error!),
            { Value.Created: true } => Created($"/api/v1/admin/roles/{Uri.EscapeDataString(name)}", Envelope(result.Value.Role)),
            _ => Ok(Envelope(result.Value.Role)),
        };
    }

    /// <summary>Delete a role and remove it from all users.</summary>
    /// <remarks>You cannot delete a role with a permission that you lack.</remarks>
    /// <param name="name">The role's name.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The role was deleted.</response>
    [HttpDelete("{name}")]
    [Operation("deleteRole", LogType = "security")]
    [RequirePermission(Permissions.RolesWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Delete(string name, CancellationToken ct) => Reply(await roles.DeleteAsync(Session, name, ct));
}
