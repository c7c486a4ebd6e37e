using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Tokens;

/// <summary>The stored halves of one-time secrets.</summary>
public interface IOneTimeTokenRepository
{
    void Add(OneTimeToken token);

    /// <summary>
    /// The token behind a hash while it is live: unused, not expired, the newest unused one of its account, purpose and subject, and
    /// the session that asked for it, if one did, has not ended.
    /// </summary>
    Task<OneTimeToken?> FindLiveAsync(string secretHash, DateTime nowUtc, CancellationToken ct);

    /// <summary>Takes the token, by one conditional update: true for exactly one caller, and only while it is live.</summary>
    Task<bool> ConsumeAsync(string secretHash, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Counts an attempt at a live token by one conditional update; false when <paramref name="limit"/> were made already.
    /// </summary>
    Task<bool> TryAttemptAsync(string secretHash, int limit, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Gives a token another subject and, when given, another end. Repeats the unit of work when the token has gone meanwhile.
    /// </summary>
    Task MoveAsync(string id, string userId, string subject, DateTime? expiresAtUtc, CancellationToken ct);

    /// <summary>Drops a user's marks of trusted browsers: those of a session, or all but those of a session.</summary>
    /// <param name="alsoKnown">Whether the marks of known browsers go too.</param>
    Task RevokeBrowsersAsync(string userId, string sessionId, bool allButSession, bool alsoKnown, CancellationToken ct);

    /// <summary>
    /// The live mark of a known browser with one of these hashes, of the account with this address; null when there is none.
    /// </summary>
    Task<OneTimeToken?> FindKnownBrowserAsync(
        IReadOnlyCollection<string> secretHashes,
        string normalizedEmail,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>Drops a user's marks of known browsers, all but the newest.</summary>
    Task TrimKnownBrowsersAsync(string userId, int keep, CancellationToken ct);

    /// <summary>Drops a user's marks of known browsers, except that of a session and those with these hashes.</summary>
    Task RevokeKnownBrowsersAsync(string userId, string keepSessionId, IReadOnlyCollection<string> keepHashes, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="max"/> marks of trusted browsers of the users that the filter finds and who hold none of some roles, those of
    /// one subject excepted. Reads as many users as the filter takes: not for within a transaction.
    /// </summary>
    Task<IReadOnlyList<string>> FindTrustedAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string exceptSubject,
        int max,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>Drops those of some tokens whose users hold none of some roles; says how many.</summary>
    Task<int> RemoveManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct);

    /// <summary>
    /// Drops the unused tokens of this purpose and subject that belong to the account, or to none, those that another known browser asked
    /// for excepted: a newer one takes their place. Those of other accounts stay, whatever address they are for.
    /// </summary>
    /// <param name="askedBy">The known browser that asks; null for everybody else.</param>
    Task SupersedeAsync(TokenPurpose purpose, string? userId, string subject, string? askedBy, CancellationToken ct);

    /// <summary>
    /// Drops every unused token of the account, and those of no account that were mailed to its address. Marks of known browsers stay, and
    /// undo links of e-mail changes: they must outlive whatever a hijacker does next.
    /// </summary>
    /// <param name="undosAfterId">Drops the undo links that were issued after this one too; null keeps all of them.</param>
    Task RevokeAllAsync(string userId, string subject, string? undosAfterId, CancellationToken ct);
}
