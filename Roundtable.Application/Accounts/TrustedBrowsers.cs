using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>
/// Browsers that need not show the second factor. A trust shows with the newest session of its browser and ends with it when that is
/// revoked.
/// </summary>
[ScopedService]
public sealed class TrustedBrowsers(OneTimeTokens tokens, IOneTimeTokenRepository stored, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public Task<string> TrustAsync(User user, string sessionId, CancellationToken ct) =>
        tokens.IssueAsync(TokenPurpose.TrustedBrowser, user.Id, sessionId, null, Lifetime, ct);

    /// <summary>The browser of a revoked session is neither trusted nor known any more.</summary>
    public Task RevokeAsync(string userId, string sessionId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, sessionId, allButSession: false, alsoKnown: true, ct);

    /// <summary>The browsers of revoked sessions are neither trusted nor known any more.</summary>
    /// <param name="keepSessionId">The session whose browser stays so; null for none.</param>
    public Task RevokeAllAsync(string userId, string? keepSessionId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, keepSessionId ?? "", allButSession: true, alsoKnown: true, ct);

    /// <summary>No browser skips the second factor any more.</summary>
    public Task ForgetAsync(string userId, CancellationToken ct) =>
        stored.RevokeBrowsersAsync(userId, "", allButSession: true, alsoKnown: false, ct);

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
