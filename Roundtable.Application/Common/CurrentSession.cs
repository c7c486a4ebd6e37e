using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Common;

/// <summary>
/// The session of a request, as stored when the request arrived. Every write transaction reads its rights again
/// (<see cref="IRequestRights"/>), so that a decision within a transaction uses the current rights.
/// </summary>
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
    string? Provider,
    IReadOnlySet<string> Roles,
    IReadOnlySet<string> Permissions,
    Impersonator? Impersonator
)
{
    private DateTime authenticatedAtUtc = AuthenticatedAtUtc;
    private IReadOnlySet<string> roles = Roles;
    private IReadOnlySet<string> permissions = Permissions;

    public DateTime AuthenticatedAtUtc
    {
        get => authenticatedAtUtc;
        init => authenticatedAtUtc = value;
    }

    public IReadOnlySet<string> Roles
    {
        get => roles;
        init => roles = value;
    }

    public IReadOnlySet<string> Permissions
    {
        get => permissions;
        init => permissions = value;
    }

    /// <summary>The claims that code added with <c>UserManager.AddClaimAsync</c>.</summary>
    public IReadOnlyList<UserClaim> Claims { get; init; } = [];

    public bool Has(string permission) => Permissions.Contains(permission);

    /// <summary>Whether the last authentication is recent enough for sensitive operations.</summary>
    public bool IsFresh(DateTime nowUtc, TimeSpan freshFor) => nowUtc - AuthenticatedAtUtc < freshFor;

    /// <summary>Copies the current rights of the same session.</summary>
    public void TakeRightsOf(CurrentSession now) =>
        (authenticatedAtUtc, roles, permissions) = (now.AuthenticatedAtUtc, now.Roles, now.Permissions);
}

/// <summary>A claim of a user.</summary>
public sealed record UserClaim(string Type, string Value);

/// <summary>The admin who impersonates a user.</summary>
public sealed record Impersonator(string UserId, string Email, string SessionId);
