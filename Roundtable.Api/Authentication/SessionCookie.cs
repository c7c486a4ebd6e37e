using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Authentication;

/// <summary>Writes and removes the cookie that carries a session's secret.</summary>
internal static class SessionCookie
{
    public const string Name = "roundtable.session";

    private const string SecretItem = "secret";

    /// <summary>
    /// Hands the browser its session. The secret travels in the ticket's properties, not as a claim, and the ticket's own expiry
    /// is only what the browser is told: the row decides.
    /// </summary>
    public static Task IssueAsync(HttpContext context, StartedSession session) => context.SignInAsync(
        IdentityConstants.ApplicationScheme,
        new ClaimsPrincipal(new ClaimsIdentity(IdentityConstants.ApplicationScheme)),
        new AuthenticationProperties
        {
            IsPersistent = session.RememberMe,
            ExpiresUtc = session.ExpiresAtUtc,
            AllowRefresh = false,
            Items = { [SecretItem] = session.Secret },
        });

    public static Task RemoveAsync(HttpContext context) => context.SignOutAsync(IdentityConstants.ApplicationScheme);

    public static string? Secret(AuthenticationProperties properties) => properties.Items.TryGetValue(SecretItem, out var secret) ? secret : null;
}
