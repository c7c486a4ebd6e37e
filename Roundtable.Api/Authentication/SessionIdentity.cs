using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Authentication;

/// <summary>The session behind a request as the identity that authorization sees; carries what the database said, no claims about it.</summary>
/// <param name="keyHash">What the session is found by.</param>
internal sealed class SessionIdentity(CurrentSession session, string keyHash)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.UserId)], IdentityConstants.ApplicationScheme)
{
    public CurrentSession Session => session;

    public string KeyHash => keyHash;
}

internal static class ClaimsPrincipalExtensions
{
    public static CurrentSession? CurrentSession(this ClaimsPrincipal principal) => (principal.Identity as SessionIdentity)?.Session;
}
