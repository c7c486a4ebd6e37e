using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>The session behind a request, as the database had it when the request came in.</summary>
public sealed record CurrentSession(
    string Id,
    string UserId,
    string Email,
    string Name,
    SessionMethod Method,
    bool RememberMe,
    DateTime AuthenticatedAtUtc,
    DateTime RefreshedAtUtc,
    DateTime LastSeenAtUtc,
    DateTime ExpiresAtUtc,
    DateTime CreatedAtUtc,
    string? IpAddress,
    string? UserAgent,
    IReadOnlySet<string> Roles,
    IReadOnlySet<string> Permissions,
    Impersonator? Impersonator)
{
    public bool Has(string permission) => Permissions.Contains(permission);
}

/// <summary>The admin who acts as somebody else.</summary>
public sealed record Impersonator(string UserId, string Email, string SessionId);
