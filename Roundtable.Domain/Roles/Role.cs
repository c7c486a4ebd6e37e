using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace Roundtable.Domain.Roles;

/// <summary>A named set of permissions: an Identity role whose name is its key.</summary>
public sealed class Role : IdentityRole<string>
{
    public const string AdminName = "admin";
    public const string UserName = "user";
    public const int NameMaxLength = 64;

    /// <summary>For <c>RoleManager.CreateAsync</c>; the product itself uses <see cref="Create"/>.</summary>
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

    /// <summary>The name: case counts.</summary>
    public override string? NormalizedName
    {
        get => Name;
        set
        {
            // It follows the name.
        }
    }

    /// <summary>When it was changed: who writes over a change that they have not seen fails.</summary>
    public override string? ConcurrencyStamp
    {
        get => UpdatedAtUtc.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        set
        {
            // It follows the change.
        }
    }

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

    /// <summary>Says when it came to be, where nothing has said so yet.</summary>
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
