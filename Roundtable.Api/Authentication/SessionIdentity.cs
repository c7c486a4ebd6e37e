using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>
/// The session behind a request as the identity that authorization sees: Identity's usual claims, the user's own and one for each
/// permission, as the database has them. They are made when somebody asks, and nothing keeps them: a session's rights are read again before
/// it writes.
/// </summary>
/// <param name="keyHash">What the session is found by.</param>
internal sealed class SessionIdentity(CurrentSession session, string keyHash) : ClaimsIdentity(IdentityConstants.ApplicationScheme)
{
    // Who somebody is and what they may do is not for claims to say that came from somewhere, a provider for example.
    private static readonly string[] Reserved =
    [
        ClaimTypes.NameIdentifier,
        ClaimTypes.Name,
        ClaimTypes.Email,
        ClaimTypes.Role,
        Permissions.ClaimType,
    ];

    public CurrentSession Session => session;

    public string KeyHash => keyHash;

    /// <summary>The session's claims, and what somebody has added to them.</summary>
    public override IEnumerable<Claim> Claims => Own().Concat(base.Claims);

    public override ClaimsIdentity Clone()
    {
        var clone = new SessionIdentity(session, keyHash);
        clone.AddClaims(base.Claims);
        return clone;
    }

    private IEnumerable<Claim> Own() =>
        [
            New(ClaimTypes.NameIdentifier, session.UserId),
            // As in Identity's store, the name that somebody signs in with.
            New(ClaimTypes.Name, session.Email),
            New(ClaimTypes.Email, session.Email),
            .. session.Roles.Select(r => New(ClaimTypes.Role, r)),
            .. session.Permissions.Select(p => New(Permissions.ClaimType, p)),
            .. session.Claims.Where(c => !Reserved.Contains(c.Type)).Select(c => New(c.Type, c.Value)),
        ];

    private Claim New(string type, string value) => new(type, value, ClaimValueTypes.String, DefaultIssuer, DefaultIssuer, this);
}

internal static class ClaimsPrincipalExtensions
{
    public static CurrentSession? CurrentSession(this ClaimsPrincipal principal) => (principal.Identity as SessionIdentity)?.Session;
}
