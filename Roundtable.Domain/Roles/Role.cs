namespace Roundtable.Domain.Roles;

/// <summary>A named set of permissions. The name is the key.</summary>
public sealed class Role
{
    public const string AdminName = "admin";
    public const string UserName = "user";
    public const int NameMaxLength = 64;

    private Role()
    {
    }

    public string Name { get; private set; } = null!;

    /// <summary>The permissions, sorted and separated by spaces. Role <c>admin</c> holds all, whatever stands here.</summary>
    public string PermissionList { get; private set; } = "";

    public DateTime CreatedAtUtc { get; private set; }

    public DateTime UpdatedAtUtc { get; private set; }

    public bool IsBuiltIn => Name is AdminName or UserName;

    public IReadOnlySet<string> Permissions => Roles.Permissions.OfRole(Name, PermissionList);

    public static Role Create(string name, IEnumerable<string> permissions, DateTime nowUtc)
    {
        var role = new Role { Name = name, CreatedAtUtc = nowUtc };
        role.SetPermissions(permissions, nowUtc);
        return role;
    }

    public void SetPermissions(IEnumerable<string> permissions, DateTime nowUtc)
    {
        PermissionList = string.Join(' ', permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        UpdatedAtUtc = nowUtc;
    }
}
