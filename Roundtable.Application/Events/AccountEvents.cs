using Roundtable.Application.Audit;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Events;

/// <summary>A user as events show them: as they were when it happened.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">The display name.</param>
/// <param name="EmailVerified">Whether mail to the address has been shown to arrive.</param>
/// <param name="Roles">Names of the roles.</param>
/// <param name="CreatedAt">When the account was made, UTC.</param>
public sealed record EventUser(
    string Id,
    [property: UserData] string Email,
    [property: UserData] string Name,
    bool EmailVerified,
    IReadOnlyList<string> Roles,
    DateTime CreatedAt
)
{
    public static EventUser Of(User user) =>
        new(
            user.Id,
            user.Email,
            user.Name,
            user.EmailVerified,
            [.. user.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal)],
            user.CreatedAtUtc
        );
}

/// <summary>An account was made: by its owner, an admin, an import or a command.</summary>
[EventType(AuditActions.UserCreated)]
public sealed record UserCreated(EventUser User) : IDomainEvent;

/// <summary>Profile or account data changed.</summary>
/// <param name="Changed">Names of the members that were set.</param>
[EventType(AuditActions.UserUpdated)]
public sealed record UserUpdated(EventUser User, IReadOnlyList<string> Changed) : IDomainEvent;

/// <summary>An account is gone; nothing of it is left but what this says.</summary>
[EventType(AuditActions.UserDeleted)]
public sealed record UserDeleted(EventUser User) : IDomainEvent;

/// <summary>A user was kept out; their sessions have ended.</summary>
/// <param name="ExpiresAt">When the ban lifts by itself, UTC; null for never.</param>
[EventType(AuditActions.UserBanned)]
public sealed record UserBanned(EventUser User, [property: UserData] string Reason, DateTime? ExpiresAt) : IDomainEvent;

/// <summary>A ban was lifted by an admin; none comes when it runs out by itself.</summary>
[EventType(AuditActions.UserUnbanned)]
public sealed record UserUnbanned(EventUser User) : IDomainEvent;

/// <param name="Before">Names of the roles that the user had.</param>
[EventType(AuditActions.UserRolesChanged)]
public sealed record UserRolesChanged(EventUser User, IReadOnlyList<string> Before) : IDomainEvent;

/// <summary>The owner of an address has shown that mail to it reaches them.</summary>
[EventType(AuditActions.EmailVerified)]
public sealed record EmailVerified(EventUser User) : IDomainEvent;

/// <summary>An account has another address, also when a change was undone.</summary>
/// <param name="PreviousEmail">The address before.</param>
[EventType(AuditActions.EmailChanged)]
public sealed record EmailChanged(EventUser User, [property: UserData] string PreviousEmail) : IDomainEvent;

/// <summary>A password was set, changed or reset.</summary>
[EventType(AuditActions.PasswordChanged)]
public sealed record PasswordChanged(EventUser User) : IDomainEvent;

/// <summary>Somebody signed in.</summary>
/// <param name="SessionId">The new session.</param>
/// <param name="Method">The last step: <c>magicLink</c>, <c>password</c>, <c>passkey</c>, <c>twoFactor</c>.</param>
[EventType(AuditActions.SessionCreated)]
public sealed record UserSignedIn(EventUser User, string SessionId, SessionMethod Method) : IDomainEvent;

/// <summary>One session was ended from elsewhere, by its owner or an admin.</summary>
[EventType(AuditActions.SessionRevoked)]
public sealed record SessionRevoked(string UserId, string SessionId) : IDomainEvent;

/// <summary>Many sessions were ended at once.</summary>
/// <param name="UserId">Whose; null when an admin ended those of many users.</param>
/// <param name="Count">How many.</param>
[EventType(AuditActions.SessionsRevoked)]
public sealed record SessionsRevoked(string? UserId, int Count) : IDomainEvent;

/// <summary>An admin began to act in a user's name.</summary>
/// <param name="Reason">As the admin gave it.</param>
[EventType(AuditActions.ImpersonationStarted)]
public sealed record ImpersonationStarted(EventUser User, string SessionId, [property: UserData] string Reason) : IDomainEvent;
