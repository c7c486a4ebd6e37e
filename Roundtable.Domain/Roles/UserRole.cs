namespace Roundtable.Domain.Roles;

/// <summary>That a user holds a role.</summary>
public sealed class UserRole
{
    internal UserRole(string userId, string roleName) => (UserId, RoleName) = (userId, roleName);

    private UserRole()
    {
    }

    public string UserId { get; private set; } = null!;

    public string RoleName { get; private set; } = null!;
}
