using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Tokens;

/// <summary>The stored halves of one-time secrets.</summary>
public interface IOneTimeTokenRepository
{
    void Add(OneTimeToken token);

    /// <summary>The token behind a hash while it is unused, not expired, and the newest unused one of its purpose and subject.</summary>
    Task<OneTimeToken?> FindLiveAsync(string secretHash, DateTime nowUtc, CancellationToken ct);

    /// <summary>Takes the token, by one conditional update: true for exactly one caller, and only while it is live.</summary>
    Task<bool> ConsumeAsync(string secretHash, DateTime nowUtc, CancellationToken ct);

    /// <summary>Counts an attempt at a live token by one conditional update; false when <paramref name="limit"/> were made already.</summary>
    Task<bool> TryAttemptAsync(string secretHash, int limit, DateTime nowUtc, CancellationToken ct);

    /// <summary>Gives a token another subject.</summary>
    Task MoveAsync(string id, string userId, string subject, CancellationToken ct);

    /// <summary>Drops a user's tokens of one purpose: those of a subject, or all but those of a subject.</summary>
    Task RevokeAsync(string userId, TokenPurpose purpose, string subject, bool allButSubject, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="max"/> marks of trusted browsers of the users that the filter finds and who hold none of some roles, those of one
    /// subject excepted. Reads as many users as the filter takes: not for within a transaction.
    /// </summary>
    Task<IReadOnlyList<string>> FindTrustedAsync(
        UserFilter filter, IReadOnlyCollection<string> exceptRoles, string exceptSubject, int max, DateTime nowUtc, CancellationToken ct);

    /// <summary>Drops those of some tokens whose users hold none of some roles; says how many.</summary>
    Task<int> RemoveManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct);

    /// <summary>Drops the unused tokens of this purpose and subject: a newer one takes their place.</summary>
    Task SupersedeAsync(TokenPurpose purpose, string subject, CancellationToken ct);

    /// <summary>Drops every unused token of the account, by id and by the address they were mailed to.</summary>
    /// <param name="alsoUndo">Whether the way back from a change of address goes too. It must outlive whatever a hijacker does next.</param>
    Task RevokeAllAsync(string userId, string subject, bool alsoUndo, CancellationToken ct);
}
