namespace Roundtable.Application.Roles;

/// <summary>A named set of permissions.</summary>
public sealed record RoleDto
{
    /// <summary>The role's name.</summary>
    /// <example>support</example>
    public required string Name { get; init; }

    /// <summary>The role's permissions.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Whether the role is built in and cannot be changed.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>How many have the role; null for <c>user</c>, which every user has.</summary>
    public required RoleHoldersDto? Holders { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public required DateTime UpdatedAt { get; init; }
}

/// <summary>How many have a role.</summary>
/// <param name="Users">The number of users.</param>
/// <param name="ServiceAccounts">The number of service accounts.</param>
public sealed record RoleHoldersDto(int Users, int ServiceAccounts);
