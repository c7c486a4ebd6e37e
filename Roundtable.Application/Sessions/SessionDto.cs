using System.Text.Json.Serialization;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>A device that is signed in. The secret in its cookie is never returned.</summary>
public sealed record SessionDto
{
    /// <summary>The session's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last used, UTC, to within a few minutes.</summary>
    public required DateTime LastSeenAt { get; init; }

    /// <summary>When it ends unless it is used before, UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>The address it was opened from.</summary>
    /// <example>203.0.113.7</example>
    public required string? IpAddress { get; init; }

    /// <summary>The browser or program, as it named itself.</summary>
    public required string? UserAgent { get; init; }

    /// <summary>Browser and system in words.</summary>
    /// <example>Firefox on Windows</example>
    public string Device => Devices.Describe(UserAgent);

    /// <summary>How the person signed in.</summary>
    public required SessionMethod Method { get; init; }

    /// <summary>Whether it is the one that asks.</summary>
    public bool Current { get; init; }

    /// <summary>The id of the admin who acts in the user's name; null for the user's own sessions.</summary>
    public required string? ImpersonatedBy { get; init; }

    /// <summary>Whose session it is; not part of the answer.</summary>
    [JsonIgnore]
    public string UserId { get; init; } = "";
}
