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
    /// <param name="method">The session's method.</param>
    /// <param name="provedBy">The first step, where <paramref name="method"/> is the second.</param>
    public async Task<StartedSession> StartAsync(
        User user,
        SessionMethod method,
        SessionMethod provedBy,
        bool rememberMe,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var secret = OneTimeTokens.NewSecret();
        var lifetime = options.Value.Session.EndOf(rememberMe, now, now) - now;
        var session = Session.Start(
            new SessionStart(user.Id, SessionSecret.Hash(secret), method, rememberMe, lifetime, context.IpAddress, context.UserAgent),
            now
        );
        await sessions.AddAsync(session, user, ct);
        if (context.Session is { } old)
        {
            await sessions.EndAsync(old.Impersonator?.SessionId ?? old.Id, SessionEndReason.Replaced, now, ct);
        }

        Count(user, provedBy, now);
        user.Seen(now);
        audit.Record(
            AuditActions.SessionCreated,
            AuditTarget.Session(session.Id, user.Id),
            new
            {
                userId = user.Id,
                method,
                provedBy,
            },
            user,
            new UserSignedIn(EventUser.Of(user), session.Id, method)
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

/// <summary>A session and its cookie's secret, which is stored nowhere else.</summary>
public sealed record StartedSession(string Id, string Secret, bool RememberMe, DateTime CreatedAtUtc, DateTime ExpiresAtUtc);
