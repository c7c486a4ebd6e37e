using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Statistics;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Sessions;

/// <summary>Starts the session at the end of every sign-in method.</summary>
[ScopedService]
public sealed class SessionStarter(
    ISessionRepository sessions,
    IStatistics statistics,
    IRequestContext context,
    IAuditTrail audit,
    IOptions<AuthOptions> options,
    TimeProvider clock
)
{
    /// <summary>
    /// Starts a new session in the running transaction and ends this browser's previous one. A session from before the sign-in is
    /// never reused, so a planted cookie gains nothing (session fixation).
    /// </summary>
    public async Task<StartedSession> StartAsync(User user, NewSession start, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var secret = OneTimeTokens.NewSecret();
        var lifetime = options.Value.Session.EndOf(start.RememberMe, now, now) - now;
        var session = Session.Start(
            new SessionStart(
                user.Id,
                SessionSecret.Hash(secret),
                start.Method,
                start.RememberMe,
                lifetime,
                context.IpAddress,
                context.UserAgent,
                start.Provider
            ),
            now
        );
        await sessions.AddAsync(session, user, ct);
        if (context.Session is { } old)
        {
            await sessions.EndAsync(old.Impersonator?.SessionId ?? old.Id, SessionEndReason.Replaced, now, ct);
        }

        Count(user, start.ProvedBy, now);
        user.Seen(now);
        audit.Record(
            AuditActions.SessionCreated,
            AuditTarget.Session(session.Id, user.Id),
            new
            {
                userId = user.Id,
                start.Method,
                start.ProvedBy,
                start.Provider,
            },
            user,
            new UserSignedIn(EventUser.Of(user), session.Id, start.Method)
        );
        return new StartedSession(session.Id, secret, session.RememberMe, session.CreatedAtUtc, session.ExpiresAtUtc);
    }

    private void Count(User user, SessionMethod provedBy, DateTime now)
    {
        statistics.Count(
            provedBy switch
            {
                SessionMethod.Password => Metric.SignInsByPassword,
                SessionMethod.Passkey => Metric.SignInsByPasskey,
                SessionMethod.External => Metric.SignInsByExternal,
                SessionMethod.MagicLink => Metric.SignInsByMagicLink,
                _ => throw new InvalidOperationException($"{provedBy} is not a first step."),
            }
        );
        statistics.Count(Metric.ActiveSessions);
        if (user.LastSeenOrEpochUtc < now.Date)
        {
            statistics.Count(Metric.ActiveUsers);
        }
    }
}

/// <summary>How a new session was signed in.</summary>
/// <param name="Method">The session's method.</param>
/// <param name="ProvedBy">The first step, where <paramref name="Method"/> is the second.</param>
/// <param name="RememberMe">Whether it persists when the browser closes.</param>
/// <param name="Provider">The external provider; null for other methods.</param>
public sealed record NewSession(SessionMethod Method, SessionMethod ProvedBy, bool RememberMe, string? Provider);

/// <summary>A session and its cookie's secret, which is stored nowhere else.</summary>
public sealed record StartedSession(string Id, string Secret, bool RememberMe, DateTime CreatedAtUtc, DateTime ExpiresAtUtc);
