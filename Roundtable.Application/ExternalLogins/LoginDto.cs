namespace Roundtable.Application.ExternalLogins;

/// <summary>A connected external login.</summary>
public sealed record LoginDto
{
    /// <summary>The provider's name in paths.</summary>
    /// <example>google</example>
    public required string Name { get; init; }

    /// <summary>The provider's name for users.</summary>
    /// <example>Google</example>
    public required string DisplayName { get; init; }

    /// <summary>The address at the provider; null if unknown.</summary>
    /// <example>ada@example.com</example>
    public required string? Email { get; init; }

    /// <summary>When it was connected (UTC); null if that was not recorded.</summary>
    public required DateTime? LinkedAt { get; init; }

    /// <summary>When it was last used to sign in (UTC); null if never.</summary>
    public required DateTime? LastUsedAt { get; init; }
}

/// <summary>A login that waits for the owner of the account to confirm it.</summary>
/// <param name="Name">The provider's name in paths.</param>
/// <param name="DisplayName">The provider's name for users.</param>
/// <param name="Email">The address at the provider; null if unknown.</param>
public sealed record PendingLoginDto(string Name, string DisplayName, string? Email);
