using System.Text.Json.Serialization;
using Roundtable.Application.Common;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>A signed-in device. The secret in its cookie is never returned.</summary>
public sealed record SessionDto
{
    /// <summary>The session's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>When it started (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last used (UTC), accurate to a few minutes.</summary>
    public required DateTime LastSeenAt { get; init; }

    /// <summary>When it expires unless used before (UTC).</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>The IP address of the sign-in.</summary>
    /// <example>203.0.113.7</example>
    public required string? IpAddress { get; init; }

    /// <summary>The client's User-Agent header.</summary>
    public required string? UserAgent { get; init; }

    /// <summary>The browser and operating system.</summary>
    /// <example>Firefox on Windows</example>
    public string Device => Devices.Describe(UserAgent);

    /// <summary>The sign-in method.</summary>
    public required SessionMethod Method { get; init; }

    /// <summary>The external provider of the sign-in; null for other methods.</summary>
    /// <example>google</example>
    public required string? Provider { get; init; }

    /// <summary>Whether it is the caller's session.</summary>
    public bool Current { get; init; }

    /// <summary>The id of the impersonating admin; null for the user's own sessions.</summary>
    public required string? ImpersonatedBy { get; init; }

    /// <summary>The owner's user id; not part of the response.</summary>
    [JsonIgnore]
    public string UserId { get; init; } = "";
}
