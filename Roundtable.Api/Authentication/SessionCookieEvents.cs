using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Sessions;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Authentication;

/// <summary>
/// Asks the database on every request whether the cookie's session still stands. This takes the place of Identity's
/// security-stamp check, which looks only every half hour.
/// </summary>
internal sealed class SessionCookieEvents(
    ISessionRepository sessions,
    IUnitOfWork unitOfWork,
    IOptions<AuthOptions> options,
    IDatabaseErrors errors,
    TimeProvider clock,
    ILogger<SessionCookieEvents> logger) : CookieAuthenticationEvents
{
    // Often enough for people to recognise their devices, seldom enough that reading stays reading.
    private static readonly TimeSpan TouchAfter = TimeSpan.FromMinutes(5);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Health checks, the document and pages know no session, and must not wait for the database.
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.RejectPrincipal();
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var session = SessionCookie.Secret(context.Properties) is { } secret
            ? await sessions.FindCurrentAsync(SessionSecret.Hash(secret), now, context.HttpContext.RequestAborted)
            : null;
        if (session is null)
        {
            context.RejectPrincipal();
            return;
        }

        context.ReplacePrincipal(new ClaimsPrincipal(new SessionIdentity(session)));
        var refreshed = Refreshed(session, now);
        if ((refreshed is not null || now - session.LastSeenAtUtc >= TouchAfter) && await TouchAsync(session, refreshed, now, context.HttpContext.RequestAborted)
            && refreshed is { } expiresAtUtc)
        {
            // The handler gives the renewed ticket the time span between these two.
            context.Properties.IssuedUtc = now;
            context.Properties.ExpiresUtc = expiresAtUtc;
            context.ShouldRenew = true;
        }
    }

    // The built-in rule renews at half-life; here use moves the end at most once in RefreshAfter.
    public override Task CheckSlidingExpiration(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = false;
        return Task.CompletedTask;
    }

    private DateTime? Refreshed(CurrentSession session, DateTime now)
    {
        var settings = options.Value.Session;
        return session.Method == SessionMethod.Impersonation || now - session.RefreshedAtUtc < settings.RefreshAfter
            ? null
            : now + (session.RememberMe ? settings.Lifetime : settings.UnrememberedLifetime);
    }

    // A database that takes no writes for the moment is no reason to refuse a read.
    private async Task<bool> TouchAsync(CurrentSession session, DateTime? expiresAtUtc, DateTime now, CancellationToken ct)
    {
        try
        {
            await unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    await sessions.TouchAsync(session, expiresAtUtc, now, ct);
                    return Result.Success;
                },
                ct);
            return true;
        }
        catch (Exception e) when (errors.IsUnavailable(e))
        {
            ApiLog.SessionNotTouched(logger, session.Id, e.GetBaseException().Message);
            return false;
        }
    }
}
