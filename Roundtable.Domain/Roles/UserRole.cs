using Microsoft.AspNetCore.Identity;

namespace Roundtable.Domain.Roles;

/// <summary>Assigns a role to a user.</summary>
public sealed class UserRole : IdentityUserRole<string>
{
    /// <summary>Used by Identity's store.</summary>
    public UserRole() { }

    internal UserRole(string userId, string roleName) => (UserId, RoleName) = (userId, roleName);

    public string RoleName { get; private set; } = null!;

    /// <summary>The role's name, which is its key.</summary>
    public override string RoleId
    {
        get => RoleName;
        set => RoleName = value;
    }
}
