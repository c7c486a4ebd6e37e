using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Tokens;

/// <summary>Stores the records of one-time secrets.</summary>
public interface IOneTimeTokenRepository
{
    void Add(OneTimeToken token);

    /// <summary>
    /// Returns the live token with this hash: unused, not expired, the newest unused one of its account, purpose and subject, and with
    /// a requesting session, if any, that has not ended.
    /// </summary>
    Task<OneTimeToken?> FindLiveAsync(string secretHash, DateTime nowUtc, CancellationToken ct);

    /// <summary>Consumes the token by one conditional update: returns true for exactly one caller, and only while it is live.</summary>
    /// <param name="inBrowser">Whether the requesting browser uses it.</param>
    Task<bool> ConsumeAsync(string secretHash, bool inBrowser, DateTime nowUtc, CancellationToken ct);

    /// <summary>Returns the token that a browser requested, used or not; null if there is none.</summary>
    Task<OneTimeToken?> FindByBrowserAsync(string browserHash, CancellationToken ct);

    /// <summary>Returns the user's unused, unexpired tokens with a purpose, oldest first.</summary>
    Task<IReadOnlyList<OneTimeToken>> ListUnusedAsync(TokenPurpose purpose, string userId, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Counts an attempt at a live token by one conditional update; returns false if <paramref name="limit"/> were made already.
    /// </summary>
    Task<bool> TryAttemptAsync(string secretHash, int limit, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Changes a token's subject and, if given, its expiry. Retries the unit of work if the token was deleted in the meantime.
    /// </summary>
    Task MoveAsync(string id, string userId, string subject, DateTime? expiresAtUtc, CancellationToken ct);

    /// <summary>Deletes a user's trusted-browser tokens: those of a session, or all except those of a session.</summary>
    /// <param name="includeKnown">Whether to delete known-browser tokens too.</param>
    Task RevokeBrowsersAsync(string userId, string sessionId, bool allButSession, bool includeKnown, CancellationToken ct);

    /// <summary>
    /// Returns the live known-browser token with one of these hashes for the account with this address; null if there is none.
    /// </summary>
    Task<OneTimeToken?> FindKnownBrowserAsync(
        IReadOnlyCollection<string> secretHashes,
        string normalizedEmail,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>Deletes a user's known-browser tokens except the newest.</summary>
    Task TrimKnownBrowsersAsync(string userId, int keep, CancellationToken ct);

    /// <summary>Deletes a user's known-browser tokens, except that of a session and those with these hashes.</summary>
    Task RevokeKnownBrowsersAsync(string userId, string keepSessionId, IReadOnlyCollection<string> keepHashes, CancellationToken ct);

    /// <summary>
    /// Returns up to <paramref name="max"/> trusted-browser tokens of users who match the filter and have none of the given roles,
    /// except those of one subject. Reads all matching users: do not call within a transaction.
    /// </summary>
    Task<IReadOnlyList<string>> FindTrustedAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string exceptSubject,
        int max,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>Deletes those tokens whose users have none of the given roles; returns their number.</summary>
    Task<int> RemoveManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct);

    /// <summary>
    /// Ends the unused tokens of this purpose and subject that belong to the account or to none, except those that another known
    /// browser requested: a newer one replaces them. Tokens of other accounts stay, whatever their address.
    /// </summary>
    /// <param name="askedBy">The requesting known browser; null for all other clients.</param>
    Task SupersedeAsync(TokenPurpose purpose, string? userId, string subject, string? askedBy, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Ends every unused token of the account, and those without an account that were mailed to its address. Keeps known-browser
    /// tokens, and the links that undo an e-mail change or disown a sign-in, which must outlive whatever a hijacker does next.
    /// </summary>
    /// <param name="undosAfterId">Also deletes such links that were issued after this one; null keeps all of them.</param>
    /// <param name="keepPendingLogins">Keeps the login that waits to be connected.</param>
    Task RevokeAllAsync(string userId, string subject, string? undosAfterId, bool keepPendingLogins, DateTime nowUtc, CancellationToken ct);
}
