using System.Buffers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Tokens;

namespace Roundtable.Api.Authentication;

/// <summary>
/// The session cookie contains only the secret. The framework would encrypt a whole ticket, which took longer than the session's
/// query and hid nothing: anyone with the cookie has the session, and only the database row defines its rights.
/// </summary>
internal sealed class SessionTicketFormat : ISecureDataFormat<AuthenticationTicket>
{
    private static readonly SearchValues<char> Base64Url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    // The user is in the row, so all tickets share an empty principal, which is replaced or rejected, never used.
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    public string Protect(AuthenticationTicket data) => Protect(data, null);

    public string Protect(AuthenticationTicket data, string? purpose) =>
        SessionCookie.Secret(data.Properties) ?? throw new InvalidOperationException("A session's ticket carries its secret.");

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText?.Length != OneTimeTokens.SecretLength || protectedText.AsSpan().ContainsAnyExcept(Base64Url))
        {
            return null;
        }

        return new AuthenticationTicket(Anonymous, SessionCookie.Carrying(protectedText), IdentityConstants.ApplicationScheme);
    }
}
