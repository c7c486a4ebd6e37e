using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Sessions;

/// <summary>
/// Manages browsers that skip the second factor. A trust is tied to its browser's newest session and ends when that is revoked.
/// </summary>
[ScopedService]
public sealed class TrustedBrowsers(OneTimeTokens tokens, IOneTimeTokenRepository stored, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public Task<string> TrustAsync(User user, string sessionId, CancellationToken ct) =>
        tokens.IssueAsync(TokenPurpose.TrustedBrowser, user.Id, sessionId, null, Lifetime, ct);

    /// <summary>Revokes the trusted and known status of a revoked session's browser.</summary>
    public Task RevokeAsync(string userId, string sessionId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, sessionId, allButSession: false, includeKnown: true, ct);

    /// <summary>Revokes the trusted and known status of revoked sessions' browsers.</summary>
    /// <param name="keepSessionId">The session whose browser keeps it; null for none.</param>
    public Task RevokeAllAsync(string userId, string? keepSessionId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, keepSessionId ?? "", allButSession: true, includeKnown: true, ct);

    /// <summary>Revokes the trust in all of the user's browsers.</summary>
    public Task RevokeAsync(string userId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, "", allButSession: true, includeKnown: false, ct);

    /// <inheritdoc cref="IOneTimeTokenRepository.FindTrustedAsync"/>
    public Task<IReadOnlyList<string>> FindMatchingAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string keepSessionId,
        int max,
        CancellationToken ct
    ) => stored.FindTrustedAsync(filter, exceptRoles, keepSessionId, max, clock.GetUtcNow().UtcDateTime, ct);

    /// <inheritdoc cref="IOneTimeTokenRepository.RemoveManyAsync"/>
    public Task<int> RevokeManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct) =>
        stored.RemoveManyAsync(ids, exceptRoles, ct);
}
