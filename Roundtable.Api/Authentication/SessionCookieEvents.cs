using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;

namespace Roundtable.Api.Authentication;

/// <summary>
/// Validates the cookie's session in the database on every request. Replaces Identity's security-stamp check, which runs only
/// every half hour.
/// </summary>
internal sealed class SessionCookieEvents(ICurrentSessions sessions, IOptions<AuthOptions> options, TimeProvider clock)
    : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;

        // Health checks, the API document and pages use no session and must not wait for the database.
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.RejectPrincipal();
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var keyHash = SessionCookie.Secret(context.Properties) is { } secret ? SessionSecret.Hash(secret) : null;
        // Rows from before the setting was shortened may have a later expiry.
        if (
            keyHash is null
            || await sessions.FindAsync(keyHash, now, http.RequestAborted) is not { } session
            || now - session.CreatedAtUtc >= options.Value.Session.AbsoluteLifetime
        )
        {
            context.RejectPrincipal();
            return;
        }

        if (SessionTouch.IsDue(session, options.Value, now))
        {
            var touched = await http.RequestServices.GetRequiredService<SessionTouch>().TouchAsync(session, now, http.RequestAborted);
            if (touched.ExpiresAtUtc != session.ExpiresAtUtc)
            {
                Renew(context, touched, now);
            }

            session = touched;
        }

        context.ReplacePrincipal(new ClaimsPrincipal(CallerIdentity.Of(session, keyHash)));
    }

    // The handler's own renewal at half-life finds no times in our tickets. It gives the new ticket the span between these two.
    private static void Renew(CookieValidatePrincipalContext context, CurrentSession session, DateTime now)
    {
        context.Properties.IsPersistent = session.RememberMe;
        context.Properties.IssuedUtc = now;
        context.Properties.ExpiresUtc = session.ExpiresAtUtc;
        context.ShouldRenew = true;
    }
}
