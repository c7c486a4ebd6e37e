using System.Text.Json.Serialization;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Application.Users;

/// <summary>An account, for its owner and for those who manage users.</summary>
public sealed record UserDto : IVersioned
{
    /// <summary>The user's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The address that the user signs in with.</summary>
    /// <example>ada@example.com</example>
    public required string Email { get; init; }

    /// <summary>The name that others see.</summary>
    /// <example>Ada Lovelace</example>
    public required string Name { get; init; }

    /// <summary>The address of a picture.</summary>
    /// <example>https://example.com/ada.png</example>
    public required string? Image { get; init; }

    /// <summary>Whether mail has been shown to arrive at the address.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>The names of the user's roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether the user is kept out now.</summary>
    public required bool Banned { get; init; }

    /// <summary>Why; null unless banned.</summary>
    public required string? BanReason { get; init; }

    /// <summary>Until when, UTC; null for a ban without end.</summary>
    public required DateTime? BanExpiresAt { get; init; }

    /// <summary>Whether signing in asks for a second factor.</summary>
    public required bool TwoFactorEnabled { get; init; }

    /// <summary>When the user was last active, UTC, to within a few minutes; null for never.</summary>
    public required DateTime? LastSeenAt { get; init; }

    /// <summary>When the account was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the account last changed, UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>What users tell about themselves.</summary>
    public required ProfileDto Profile { get; init; }

    /// <summary>Stands in the ETag header, not in the body.</summary>
    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>What users tell about themselves.</summary>
public sealed record ProfileDto
{
    /// <summary>A few words, line breaks allowed.</summary>
    public required string? Bio { get; init; }

    /// <summary>A BCP 47 language tag.</summary>
    /// <example>en-GB</example>
    public required string? Locale { get; init; }

    /// <summary>An IANA time zone.</summary>
    /// <example>Europe/London</example>
    public required string? TimeZone { get; init; }

    /// <summary>The fields that this installation adds, all of them, null for none; absent where it adds no field.</summary>
    /// <example>{"company":"Analytical Engines Ltd"}</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }
}

/// <summary>What anybody signed in may see of somebody else.</summary>
public sealed record PublicProfileDto
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>The address of a picture.</summary>
    public required string? Image { get; init; }

    /// <summary>A few words, line breaks allowed.</summary>
    public required string? Bio { get; init; }

    /// <summary>When the account was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The added fields that everybody sees; absent where there is none.</summary>
    /// <example>{"company":"Analytical Engines Ltd"}</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }
}
