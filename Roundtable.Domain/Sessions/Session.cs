using Roundtable.Domain.Common;

namespace Roundtable.Domain.Sessions;

/// <summary>
/// A browser's signed-in session. The cookie holds a 256-bit secret, the row only its hash. An ended session remains as a row until
/// cleanup and is never resumed.
/// </summary>
public sealed class Session
{
    public const int UserAgentMaxLength = 512;

    /// <summary>The longest textual IPv6 address, with an embedded IPv4 one.</summary>
    public const int IpAddressMaxLength = 45;

    private Session() { }

    public string Id { get; private set; } = null!;

    public string UserId { get; private set; } = null!;

    /// <summary>SHA-256 of the cookie's secret, 64 hex digits.</summary>
    public string KeyHash { get; private set; } = null!;

    public SessionMethod Method { get; private set; }

    /// <summary>The external provider of the sign-in; null for other methods.</summary>
    public string? Provider { get; private set; }

    public bool RememberMe { get; private set; }

    public string? IpAddress { get; private set; }

    public string? UserAgent { get; private set; }

    public DateTime CreatedAtUtc { get; private set; }

    /// <summary>When the user last authenticated; the start of the period in which the session is "fresh".</summary>
    public DateTime AuthenticatedAtUtc { get; private set; }

    public DateTime RefreshedAtUtc { get; private set; }

    public DateTime LastSeenAtUtc { get; private set; }

    public DateTime ExpiresAtUtc { get; private set; }

    public DateTime? EndedAtUtc { get; private set; }

    public SessionEndReason? EndReason { get; private set; }

    /// <summary>The admin's own session, on which an impersonation depends and to which stopping it returns.</summary>
    public string? ImpersonatorSessionId { get; private set; }

    public string? ImpersonatorId { get; private set; }

    public string? ImpersonationReason { get; private set; }

    public static Session Start(SessionStart start, DateTime nowUtc) =>
        new()
        {
            Id = EntityId.New(nowUtc),
            UserId = start.UserId,
            KeyHash = start.KeyHash,
            Method = start.Method,
            Provider = start.Provider,
            RememberMe = start.RememberMe,
            IpAddress = start.IpAddress,
            UserAgent = start.UserAgent,
            CreatedAtUtc = nowUtc,
            AuthenticatedAtUtc = nowUtc,
            RefreshedAtUtc = nowUtc,
            LastSeenAtUtc = nowUtc,
            ExpiresAtUtc = nowUtc + start.Lifetime,
            ImpersonatorSessionId = start.Impersonation?.SessionId,
            ImpersonatorId = start.Impersonation?.AdminId,
            ImpersonationReason = start.Impersonation?.Reason,
        };
}

/// <summary>The values for a new session.</summary>
public sealed record SessionStart(
    string UserId,
    string KeyHash,
    SessionMethod Method,
    bool RememberMe,
    TimeSpan Lifetime,
    string? IpAddress,
    string? UserAgent,
    string? Provider = null,
    Impersonation? Impersonation = null
);

/// <summary>The admin behind an impersonation, their session, and the reason.</summary>
public sealed record Impersonation(string SessionId, string AdminId, string Reason);
