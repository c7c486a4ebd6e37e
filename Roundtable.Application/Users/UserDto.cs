using System.Text.Json.Serialization;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Application.Users;

/// <summary>An account, for its owner and for user administrators.</summary>
public record UserDto : IVersioned
{
    /// <summary>The user's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The e-mail address that the user signs in with.</summary>
    /// <example>ada@example.com</example>
    public required string Email { get; init; }

    /// <summary>The display name.</summary>
    /// <example>Ada Lovelace</example>
    public required string Name { get; init; }

    /// <summary>The URL of a picture on any server. An uploaded picture takes precedence.</summary>
    /// <example>https://example.com/ada.png</example>
    public required string? Image { get; init; }

    /// <summary>The uploaded picture; null if there is none.</summary>
    public PictureDto? Picture { get; init; }

    /// <summary>Whether the e-mail address is verified.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>The names of the user's roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether the user is banned now.</summary>
    public required bool Banned { get; init; }

    /// <summary>The reason; null unless banned.</summary>
    public required string? BanReason { get; init; }

    /// <summary>When the ban expires (UTC); null if it does not.</summary>
    public required DateTime? BanExpiresAt { get; init; }

    /// <summary>Whether sign-in requires a second factor.</summary>
    public required bool TwoFactorEnabled { get; init; }

    /// <summary>When the user was last active (UTC), accurate to a few minutes; null for never.</summary>
    public required DateTime? LastSeenAt { get; init; }

    /// <summary>When the account was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the account was last changed (UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The user's own profile data.</summary>
    public required ProfileDto Profile { get; init; }

    /// <summary>Sent in the ETag header, not in the body.</summary>
    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>The user's own profile data.</summary>
public sealed record ProfileDto
{
    /// <summary>A short biography; may have line breaks.</summary>
    public required string? Bio { get; init; }

    /// <summary>A BCP 47 language tag.</summary>
    /// <example>en-GB</example>
    public required string? Locale { get; init; }

    /// <summary>An IANA time zone.</summary>
    /// <example>Europe/London</example>
    public required string? TimeZone { get; init; }

    /// <summary>All extra fields of this installation, null for no value; absent if there are no extra fields.</summary>
    /// <example>{"company":"Analytical Engines Ltd"}</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }
}

/// <summary>An uploaded picture.</summary>
public sealed record PictureDto
{
    /// <summary>The picture's path on this server. Every change of the picture changes it.</summary>
    /// <example>/api/v1/users/019ab2c4d5e67f8091a2b3c4d5e6f708/picture?v=9f86d081884c7d659a2feaa0c55ad015</example>
    public required string Url { get; init; }
}

/// <summary>The profile that every signed-in user can see.</summary>
public sealed record PublicProfileDto
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>The URL of a picture on any server. An uploaded picture takes precedence.</summary>
    public required string? Image { get; init; }

    /// <summary>The uploaded picture; absent if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PictureDto? Picture { get; init; }

    /// <summary>A short biography; may have line breaks.</summary>
    public required string? Bio { get; init; }

    /// <summary>When the account was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The public extra fields; absent if there are none.</summary>
    /// <example>{"company":"Analytical Engines Ltd"}</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ProfileValue>? Extra { get; init; }
}
