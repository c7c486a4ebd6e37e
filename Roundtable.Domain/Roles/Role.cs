using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace Roundtable.Domain.Roles;

/// <summary>A named set of permissions: an Identity role whose name is its key.</summary>
public sealed class Role : IdentityRole<string>
{
    public const string AdminName = "admin";
    public const string UserName = "user";
    public const int NameMaxLength = 64;

    /// <summary>Used by <c>RoleManager.CreateAsync</c>; application code uses <see cref="Create"/>.</summary>
    public Role() { }

    public Role(string name) => Name = name;

    [AllowNull]
    public override string Name { get; set; } = null!;

    /// <summary>The name.</summary>
    public override string Id
    {
        get => Name;
        set => Name = value;
    }

    /// <summary>The name, case-sensitive.</summary>
    public override string? NormalizedName
    {
        get => Name;
        set
        {
            // Derived from the name.
        }
    }

    /// <summary>The time of the last change: a write that would overwrite an unseen change fails.</summary>
    public override string? ConcurrencyStamp
    {
        get => UpdatedAtUtc.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        set
        {
            // Derived from the change.
        }
    }

    /// <summary>The permissions, sorted and separated by spaces. Role <c>admin</c> has all permissions, whatever this value.</summary>
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

    /// <summary>Sets the update time, and the creation time if not set yet.</summary>
    public void Begin(DateTime nowUtc)
    {
        CreatedAtUtc = CreatedAtUtc == default ? nowUtc : CreatedAtUtc;
        UpdatedAtUtc = nowUtc;
    }

    public void SetPermissions(IEnumerable<string> permissions, DateTime nowUtc)
    {
        PermissionList = string.Join(' ', permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        UpdatedAtUtc = nowUtc;
    }
}
