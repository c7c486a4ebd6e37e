using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Roles;

/// <summary>Roles: named sets of permissions.</summary>
[Route("api/v1/admin/roles")]
[Tags("Roles")]
public sealed class RolesController(RoleService roles) : ApiController
{
    /// <summary>List the roles.</summary>
    /// <response code="200">All roles, by name; `admin` holds every permission there is.</response>
    [HttpGet]
    [Operation("listRoles")]
    [RequirePermission(Permissions.RolesRead)]
    [ProducesResponseType<ApiResponse<PagedList<RoleDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor")]
    public async Task<ActionResult<ApiResponse<PagedList<RoleDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPiece(await roles.ListAsync(ct), request, r => r.Name);

    /// <summary>Make a role, or replace what it allows.</summary>
    /// <remarks>Nobody gives a role a permission that they lack, or changes one that has it.</remarks>
    /// <param name="name">Lower-case letters, digits and hyphens; begins with a letter.</param>
    /// <param name="request">What the role is to allow.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="200">The role as it is now.</response> <response code="201">The new role.</response>
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
        var result = await roles.SaveAsync(Caller, name, request.Permissions, ct);
        return result switch
        {
            { Failed: true } => Problem(result.Error!),
            { Value.Created: true } => Created($"/api/v1/admin/roles/{Uri.EscapeDataString(name)}", Envelope(result.Value.Role)),
            _ => Ok(Envelope(result.Value.Role)),
        };
    }

    /// <summary>Delete a role; whoever held it loses it.</summary>
    /// <remarks>Nobody deletes a role with a permission that they lack.</remarks>
    /// <param name="name">The role's name.</param>
    /// <param name="ct">Ends the work early.</param>
    /// <response code="204">The role is gone.</response>
    [HttpDelete("{name}")]
    [Operation("deleteRole", LogType = "security")]
    [RequirePermission(Permissions.RolesWrite)]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("forbidden", "session_not_fresh", "not_while_impersonating", "not_found", "conflict")]
    public async Task<ActionResult> Delete(string name, CancellationToken ct) => Reply(await roles.DeleteAsync(Caller, name, ct));
}

/// <summary>What a role is to allow.</summary>
public sealed record SaveRoleRequest
{
    /// <summary>Names of permissions.</summary>
    /// <example>["users:list","users:read"]</example>
    [MaxLength(100, ErrorMessage = "Too many permissions.")]
    public required IReadOnlyList<string> Permissions { get; init; }
}
