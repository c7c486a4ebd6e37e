using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Sessions;

/// <summary>Revokes all access to an account that others may hold: sessions, pending links, trusted and known browsers.</summary>
[ScopedService]
public sealed class AccessRevocation(
    ISessionRepository sessions,
    IOneTimeTokenRepository tokens,
    KnownBrowsers browsers,
    TimeProvider clock
)
{
    /// <param name="keepSessionId">The session to keep; null to end all.</param>
    /// <param name="undosAfterId">Also ends the undo links of e-mail changes that were issued after this one; null keeps all of
    /// them.</param>
    public async Task EndAsync(User user, SessionEndReason reason, string? keepSessionId, string? undosAfterId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await sessions.EndAllAsync(user.Id, keepSessionId, reason, now, ct);
        // The owner who claims an account may be the one who waits to connect a login: that takes their browser, session and consent.
        var keepPendingLogins = reason == SessionEndReason.AccountClaimed;
        await tokens.RevokeAllAsync(user.Id, user.NormalizedEmail, undosAfterId, keepPendingLogins, now, ct);
        await browsers.RevokeOthersAsync(user, keepSessionId, ct);
    }
}
