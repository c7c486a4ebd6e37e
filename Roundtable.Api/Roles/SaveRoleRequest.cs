using System.ComponentModel.DataAnnotations;

namespace Roundtable.Api.Roles;

/// <summary>The permissions of a role.</summary>
public sealed record SaveRoleRequest
{
    /// <summary>Names of permissions.</summary>
    /// <example>["users:list","users:read"]</example>
    [MaxLength(100, ErrorMessage = "Too many permissions.")]
    public required IReadOnlyList<string> Permissions { get; init; }
}
