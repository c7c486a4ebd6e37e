namespace Roundtable.Application.Common;

/// <summary>
/// The caller of a request, as stored when the request arrived: a user with a session, or the owner of an API key. Every write
/// transaction reads its rights again (<see cref="IRequestRights"/>), so that a decision within a transaction uses the current rights.
/// </summary>
/// <param name="PrincipalId">The id of the user or service account.</param>
/// <param name="Name">The user's or service account's name.</param>
public abstract record Caller(string PrincipalId, string Name, IReadOnlySet<string> Roles, IReadOnlySet<string> Permissions)
{
    private IReadOnlySet<string> roles = Roles;
    private IReadOnlySet<string> permissions = Permissions;

    public IReadOnlySet<string> Roles
    {
        get => roles;
        init => roles = value;
    }

    /// <summary>What the caller may do; for an API key, within its scopes.</summary>
    public IReadOnlySet<string> Permissions
    {
        get => permissions;
        init => permissions = value;
    }

    /// <summary>The session's id; null for an API key.</summary>
    public virtual string? SessionId => null;

    public bool Has(string permission) => Permissions.Contains(permission);

    /// <summary>Whether the last authentication is recent enough for sensitive operations.</summary>
    public abstract bool IsFresh(DateTime nowUtc, TimeSpan freshFor);

    /// <summary>Copies the current rights of the same caller.</summary>
    public virtual void TakeRightsOf(Caller now) => (roles, permissions) = (now.Roles, now.Permissions);
}

/// <summary>What a request authenticates with.</summary>
/// <param name="Kind">The kind of credential.</param>
/// <param name="Hash">The hash of its secret, by which it is stored.</param>
public sealed record CallerCredential(CredentialKind Kind, string Hash);

/// <summary>The kinds of credentials of a request.</summary>
public enum CredentialKind
{
    Session,
    UserApiKey,
    ServiceApiKey,
}
