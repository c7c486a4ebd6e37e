using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Sessions;

/// <summary>The sessions. A row that ended is never brought back: every change is conditional on its being live.</summary>
public interface ISessionRepository
{
    /// <summary>
    /// Adds a session of the user who was loaded for it. Locks the user's row, and repeats the unit of work when the row has changed since:
    /// <see cref="EndAllAsync"/> takes the same lock, so a session that began on what no longer holds cannot outlive it.
    /// </summary>
    Task AddAsync(Session session, User user, CancellationToken ct);

    /// <summary>A user's live sessions, last used first.</summary>
    Task<IReadOnlyList<SessionDto>> ListAsync(string userId, DateTime nowUtc, CancellationToken ct);

    /// <summary>All of a user's sessions that are on record, ended ones too, newest first.</summary>
    Task<IReadOnlyList<SessionDto>> ListAllAsync(string userId, CancellationToken ct);

    /// <summary>Whose live session it is; null when there is none.</summary>
    Task<string?> FindOwnerAsync(string id, DateTime nowUtc, CancellationToken ct);

    /// <summary>Ends a session and the impersonations that hang on it; false when it had ended already.</summary>
    Task<bool> EndAsync(string id, SessionEndReason reason, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Ends all sessions of a user, one excepted, and the impersonations that hang on them; says how many of the user's. Locks the user's
    /// row first: a sign-in that is under way comes before it, and ends too, or after it, and begins anew.
    /// </summary>
    Task<int> EndAllAsync(string userId, string? exceptId, SessionEndReason reason, DateTime nowUtc, CancellationToken ct);

    /// <summary>Lets a live session end no later than this.</summary>
    Task LimitAsync(string id, DateTime untilUtc, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Gives a live session a new secret and a new lifetime, of those by whether it is remembered; null when it has ended.
    /// </summary>
    Task<RekeyedSession?> RekeyAsync(
        string id,
        string keyHash,
        Func<bool, DateTime, DateTime> endOf,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>
    /// Up to <paramref name="max"/> live sessions of the users that the filter finds and who hold none of some roles, one session excepted.
    /// Reads as many users as the filter takes: not for within a transaction.
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
    /// Ends those of some sessions whose users hold none of some roles, and the impersonations that hang on them; says how many.
    /// </summary>
    Task<int> EndManyAsync(
        IReadOnlyList<string> ids,
        IReadOnlyCollection<string> exceptRoles,
        SessionEndReason reason,
        DateTime nowUtc,
        CancellationToken ct
    );

    /// <summary>The distinct user agents of a user's sessions, ended ones included.</summary>
    Task<IReadOnlyList<string?>> ListUserAgentsAsync(string userId, CancellationToken ct);

    /// <summary>Notes that the person has just proved again who they are.</summary>
    Task ReauthenticateAsync(string id, DateTime nowUtc, CancellationToken ct);

    /// <summary>Notes that session and user were seen; moves the expiry too when given.</summary>
    Task TouchAsync(CurrentSession session, DateTime? expiresAtUtc, DateTime nowUtc, CancellationToken ct);
}

/// <summary>What the new cookie of a session needs to know.</summary>
public sealed record RekeyedSession(bool RememberMe, DateTime ExpiresAtUtc);
