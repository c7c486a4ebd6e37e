using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Sessions;

/// <summary>
/// The session behind a request, as the database had it when the request came in. Its rights are those of the moment: every write
/// transaction reads them again (<see cref="IRequestRights"/>), so that whoever decides on them within one decides on what holds then.
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

    /// <summary>What code has given to the user by <c>UserManager.AddClaimAsync</c>.</summary>
    public IReadOnlyList<UserClaim> Claims { get; init; } = [];

    public bool Has(string permission) => Permissions.Contains(permission);

    /// <summary>Whether the person proved who they are lately enough for what is dangerous.</summary>
    public bool IsFresh(DateTime nowUtc, TimeSpan freshFor) => nowUtc - AuthenticatedAtUtc < freshFor;

    /// <summary>Takes over what the same session may do now.</summary>
    public void TakeRightsOf(CurrentSession now) =>
        (authenticatedAtUtc, roles, permissions) = (now.AuthenticatedAtUtc, now.Roles, now.Permissions);
}

/// <summary>A claim of a user.</summary>
public sealed record UserClaim(string Type, string Value);

/// <summary>The admin who acts as somebody else.</summary>
public sealed record Impersonator(string UserId, string Email, string SessionId);
