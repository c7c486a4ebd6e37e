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
        await sessions.EndAllAsync(user.Id, keepSessionId, reason, clock.GetUtcNow().UtcDateTime, ct);
        await tokens.RevokeAllAsync(user.Id, user.NormalizedEmail, undosAfterId, ct);
        await browsers.RevokeOthersAsync(user, keepSessionId, ct);
    }
}
