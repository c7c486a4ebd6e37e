using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;

namespace Roundtable.Api.Authentication;

/// <summary>
/// The identity of a request's caller, for authorization: Identity's usual claims, the user's own, and one per permission, as
/// stored in the database. Claims are created on demand and not stored: the caller's permissions are read again before it
/// writes.
/// </summary>
/// <param name="credential">What the caller is looked up by.</param>
/// <param name="scheme">The authentication scheme.</param>
internal sealed class CallerIdentity(Caller caller, CallerCredential credential, string scheme) : ClaimsIdentity(scheme)
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

    public Caller Caller => caller;

    public CallerCredential Credential => credential;

    /// <param name="keyHash">The hash that the session is looked up by.</param>
    public static CallerIdentity Of(CurrentSession session, string keyHash) =>
        new(session, new CallerCredential(CredentialKind.Session, keyHash), IdentityConstants.ApplicationScheme);

    /// <summary>The caller's claims and those added to them.</summary>
    public override IEnumerable<Claim> Claims => Own().Concat(base.Claims);

    public override ClaimsIdentity Clone()
    {
        var clone = new CallerIdentity(caller, credential, AuthenticationType!);
        clone.AddClaims(base.Claims);
        return clone;
    }

    private IEnumerable<Claim> Own() =>
        [
            New(ClaimTypes.NameIdentifier, caller.PrincipalId),
            .. caller is CurrentSession session ? OfSession(session) : [New(ClaimTypes.Name, caller.Name)],
            .. caller.Permissions.Select(p => New(Permissions.ClaimType, p)),
        ];

    // An API key has no roles: their rights may be beyond its scopes.
    private IEnumerable<Claim> OfSession(CurrentSession session) =>
        [
            // As in Identity's store, the name that the user signs in with.
            New(ClaimTypes.Name, session.Email),
            New(ClaimTypes.Email, session.Email),
            .. session.Roles.Select(r => New(ClaimTypes.Role, r)),
            .. session.Claims.Where(c => !Reserved.Contains(c.Type)).Select(c => New(c.Type, c.Value)),
        ];

    private Claim New(string type, string value) => new(type, value, ClaimValueTypes.String, DefaultIssuer, DefaultIssuer, this);
}

internal static class ClaimsPrincipalExtensions
{
    public static Caller? Caller(this ClaimsPrincipal principal) => (principal.Identity as CallerIdentity)?.Caller;

    /// <summary>The caller's session; null for an API key.</summary>
    public static CurrentSession? CurrentSession(this ClaimsPrincipal principal) => principal.Caller() as CurrentSession;
}
