using Roundtable.Application.Audit;
using Roundtable.Application.Events;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Application.ServiceAccounts;

/// <summary>A service account at the time of the event.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Roles">The names of the roles.</param>
/// <param name="Disabled">Whether its keys are suspended.</param>
public sealed record EventServiceAccount(string Id, [property: UserData] string Name, IReadOnlyList<string> Roles, bool Disabled)
{
    public static EventServiceAccount Of(ServiceAccount account) =>
        new(account.Id, account.Name, [.. account.Roles.Select(r => r.RoleName).Order(StringComparer.Ordinal)], account.Disabled);
}

/// <summary>A service account was created.</summary>
[EventType(AuditActions.ServiceAccountCreated)]
public sealed record ServiceAccountCreated(EventServiceAccount ServiceAccount) : IDomainEvent;

/// <summary>A service account was changed.</summary>
[EventType(AuditActions.ServiceAccountUpdated)]
public sealed record ServiceAccountUpdated(EventServiceAccount ServiceAccount) : IDomainEvent;

/// <summary>A service account was deleted with its keys.</summary>
[EventType(AuditActions.ServiceAccountDeleted)]
public sealed record ServiceAccountDeleted(EventServiceAccount ServiceAccount) : IDomainEvent;
