using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Sessions;

/// <summary>Stores sessions. An ended session is never reactivated: every change requires a live row.</summary>
public interface ISessionRepository
{
    /// <summary>
    /// Adds a session for a loaded user. Locks the user's row and retries the unit of work if the row has changed since it was
    /// loaded. <see cref="EndAllAsync"/> takes the same lock, so a session that was started on outdated data cannot survive it.
    /// </summary>
    Task AddAsync(Session session, User user, CancellationToken ct);

    /// <summary>Lists a user's live sessions, last used first.</summary>
    Task<IReadOnlyList<SessionDto>> ListAsync(string userId, DateTime nowUtc, CancellationToken ct);

    /// <summary>Lists all stored sessions of a user, including ended ones, newest first.</summary>
    Task<IReadOnlyList<SessionDto>> ListAllAsync(string userId, CancellationToken ct);

    /// <summary>Returns the owner of a live session; null if there is none.</summary>
    Task<string?> FindOwnerAsync(string id, DateTime nowUtc, CancellationToken ct);

    /// <summary>Ends a session and the impersonations started from it; false if it had already ended.</summary>
    Task<bool> EndAsync(string id, SessionEndReason reason, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Ends all sessions of a user except one, and the impersonations started from them; returns how many of the user's sessions
    /// ended. Locks the user's row first: a concurrent sign-in either precedes this call and is ended too, or follows it and is
    /// retried.
    /// </summary>
    Task<int> EndAllAsync(string userId, string? exceptId, SessionEndReason reason, DateTime nowUtc, CancellationToken ct);

    /// <summary>Limits a live session's expiry to the given time.</summary>
    Task LimitAsync(string id, DateTime untilUtc, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Gives a live session a new secret and a new expiry, which depends on whether it is remembered; null if it has ended.
    /// </summary>
    Task<RekeyedSession?> RekeyAsync(
        string id,
        string keyHash,
        Func<bool, DateTime, DateTime> endOf,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>
    /// Finds up to <paramref name="max"/> live sessions of users that match the filter and hold none of the given roles, except one
    /// session. The filter can read many users, so do not call this in a transaction.
    /// </summary>
    Task<IReadOnlyList<string>> FindMatchingAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string exceptId,
        int max,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>
    /// Ends the given sessions whose users hold none of the given roles, and the impersonations started from them; returns the count.
    /// </summary>
    Task<int> EndManyAsync(
        IReadOnlyList<string> ids,
        IReadOnlyCollection<string> exceptRoles,
        SessionEndReason reason,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>Lists the distinct user agents of a user's sessions, including ended ones.</summary>
    Task<IReadOnlyList<string?>> ListUserAgentsAsync(string userId, CancellationToken ct);

    /// <summary>Records that the user has just reauthenticated.</summary>
    Task ReauthenticateAsync(string id, DateTime nowUtc, CancellationToken ct);

    /// <summary>Records that session and user were seen; also sets the expiry if given.</summary>
    Task TouchAsync(CurrentSession session, DateTime? expiresAtUtc, DateTime nowUtc, CancellationToken ct);
}

/// <summary>The data for a session's new cookie.</summary>
public sealed record RekeyedSession(bool RememberMe, DateTime ExpiresAtUtc);
