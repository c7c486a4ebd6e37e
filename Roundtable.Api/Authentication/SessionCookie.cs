using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Authentication;

/// <summary>Creates and removes the cookie with a session's secret.</summary>
internal static class SessionCookie
{
    public const string Name = "roundtable.session";

    private const string SecretItem = "secret";

    /// <summary>The properties of a new session's cookie. The expiry only informs the browser; the database row is authoritative.</summary>
    public static AuthenticationProperties PropertiesOf(StartedSession session)
    {
        var properties = Carrying(session.Secret);
        properties.IsPersistent = session.RememberMe;
        properties.ExpiresUtc = session.ExpiresAtUtc;
        return properties;
    }

    public static Task RemoveAsync(HttpContext context) => context.SignOutAsync(IdentityConstants.ApplicationScheme);

    public static AuthenticationProperties Carrying(string secret) => new() { Items = { [SecretItem] = secret } };

    public static string? Secret(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SecretItem, out var secret) ? secret : null;
}
