using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>
/// The identity of a request's session, for authorization: Identity's usual claims, the user's own, and one per permission, as
/// stored in the database. Claims are created on demand and not stored: the session's permissions are read again before it
/// writes.
/// </summary>
/// <param name="keyHash">The key that the session is looked up by.</param>
internal sealed class SessionIdentity(CurrentSession session, string keyHash) : ClaimsIdentity(IdentityConstants.ApplicationScheme)
{
    // Identity and permissions must not come from stored claims, such as those of an external provider.
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

    /// <summary>The session's claims and those added to them.</summary>
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
            // As in Identity's store, the name that the user signs in with.
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
