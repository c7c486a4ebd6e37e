using Roundtable.Domain.Sessions;

namespace Roundtable.Application.Common;

/// <summary>The session of a request, as stored when the request arrived.</summary>
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
) : Caller(UserId, Name, Roles, Permissions)
{
    private DateTime authenticatedAtUtc = AuthenticatedAtUtc;

    public DateTime AuthenticatedAtUtc
    {
        get => authenticatedAtUtc;
        init => authenticatedAtUtc = value;
    }

    /// <summary>The claims that code added with <c>UserManager.AddClaimAsync</c>.</summary>
    public IReadOnlyList<UserClaim> Claims { get; init; } = [];

    public override string SessionId => Id;

    public override bool IsFresh(DateTime nowUtc, TimeSpan freshFor) => nowUtc - AuthenticatedAtUtc < freshFor;

    public override void TakeRightsOf(Caller now)
    {
        base.TakeRightsOf(now);
        authenticatedAtUtc = ((CurrentSession)now).AuthenticatedAtUtc;
    }
}

/// <summary>A claim of a user.</summary>
public sealed record UserClaim(string Type, string Value);

/// <summary>The admin who impersonates a user.</summary>
public sealed record Impersonator(string UserId, string Email, string SessionId);
