using Roundtable.Application.Audit;
using Roundtable.Application.Events;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Users;

/// <summary>A snapshot of the user at the time of the event.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The display name.</param>
/// <param name="EmailVerified">Whether the e-mail address is verified.</param>
/// <param name="Roles">The names of the roles.</param>
/// <param name="CreatedAt">When the account was created (UTC).</param>
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

/// <summary>An account was created by its owner, an admin, an import or a command.</summary>
[EventType(AuditActions.UserCreated)]
public sealed record UserCreated(EventUser User) : IDomainEvent;

/// <summary>Profile or account data changed.</summary>
/// <param name="Changed">The names of the members that were set.</param>
[EventType(AuditActions.UserUpdated)]
public sealed record UserUpdated(EventUser User, IReadOnlyList<string> Changed) : IDomainEvent;

/// <summary>An account was deleted; only the data in this event remains.</summary>
[EventType(AuditActions.UserDeleted)]
public sealed record UserDeleted(EventUser User) : IDomainEvent;

/// <summary>A user was banned, and their sessions were ended.</summary>
/// <param name="ExpiresAt">When the ban expires (UTC); null for a permanent ban.</param>
[EventType(AuditActions.UserBanned)]
public sealed record UserBanned(EventUser User, [property: UserData] string Reason, DateTime? ExpiresAt) : IDomainEvent;

/// <summary>An admin lifted a ban. A ban that expires raises no event.</summary>
[EventType(AuditActions.UserUnbanned)]
public sealed record UserUnbanned(EventUser User) : IDomainEvent;

/// <param name="Before">The names of the user's previous roles.</param>
[EventType(AuditActions.UserRolesChanged)]
public sealed record UserRolesChanged(EventUser User, IReadOnlyList<string> Before) : IDomainEvent;

/// <summary>The owner of an e-mail address verified it.</summary>
[EventType(AuditActions.EmailVerified)]
public sealed record EmailVerified(EventUser User) : IDomainEvent;

/// <summary>An account's e-mail address changed; also raised when a change is undone.</summary>
/// <param name="PreviousEmail">The previous address.</param>
[EventType(AuditActions.EmailChanged)]
public sealed record EmailChanged(EventUser User, [property: UserData] string PreviousEmail) : IDomainEvent;

/// <summary>A password was set, changed or reset.</summary>
[EventType(AuditActions.PasswordChanged)]
public sealed record PasswordChanged(EventUser User) : IDomainEvent;

/// <summary>A user signed in.</summary>
/// <param name="SessionId">The new session.</param>
/// <param name="Method">The last step: <c>magicLink</c>, <c>password</c>, <c>passkey</c>, <c>twoFactor</c>.</param>
[EventType(AuditActions.SessionCreated)]
public sealed record UserSignedIn(EventUser User, string SessionId, SessionMethod Method) : IDomainEvent;

/// <summary>One session was revoked by its owner or an admin.</summary>
[EventType(AuditActions.SessionRevoked)]
public sealed record SessionRevoked(string UserId, string SessionId) : IDomainEvent;

/// <summary>Several sessions were revoked at once.</summary>
/// <param name="UserId">The owner; null when an admin revoked those of many users.</param>
/// <param name="Count">The number.</param>
[EventType(AuditActions.SessionsRevoked)]
public sealed record SessionsRevoked(string? UserId, int Count) : IDomainEvent;

/// <summary>An admin started to impersonate a user.</summary>
/// <param name="Reason">The reason that the admin gave.</param>
[EventType(AuditActions.ImpersonationStarted)]
public sealed record ImpersonationStarted(EventUser User, string SessionId, [property: UserData] string Reason) : IDomainEvent;

/// <summary>An external login was connected.</summary>
/// <param name="Provider">The provider's name.</param>
[EventType(AuditActions.LoginConnected)]
public sealed record LoginConnected(EventUser User, string Provider) : IDomainEvent;

/// <summary>An external login was removed by its owner or an admin.</summary>
/// <param name="Provider">The provider's name.</param>
[EventType(AuditActions.LoginRemoved)]
public sealed record LoginRemoved(EventUser User, string Provider) : IDomainEvent;
