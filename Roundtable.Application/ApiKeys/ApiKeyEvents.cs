using Roundtable.Application.Audit;
using Roundtable.Application.Events;
using Roundtable.Domain.ApiKeys;

namespace Roundtable.Application.ApiKeys;

/// <summary>An API key at the time of the event.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Prefix">The first characters of the secret.</param>
/// <param name="UserId">The owner; null if a service account owns it.</param>
/// <param name="ServiceAccountId">The owner; null if a user owns it.</param>
/// <param name="Scopes">The scopes.</param>
/// <param name="ExpiresAt">When it expires (UTC).</param>
public sealed record EventApiKey(
    string Id,
    [property: UserData] string Name,
    string Prefix,
    string? UserId,
    string? ServiceAccountId,
    IReadOnlyList<string> Scopes,
    DateTime ExpiresAt
)
{
    public static EventApiKey Of(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.UserId, key.ServiceAccountId, key.Scopes, key.ExpiresAtUtc);
}

/// <summary>An API key was created.</summary>
[EventType(AuditActions.ApiKeyCreated)]
public sealed record ApiKeyCreated(EventApiKey ApiKey) : IDomainEvent;

/// <summary>An API key got a new secret.</summary>
[EventType(AuditActions.ApiKeyRotated)]
public sealed record ApiKeyRotated(EventApiKey ApiKey) : IDomainEvent;

/// <summary>An API key was revoked by its owner, an admin or a recovery of the account.</summary>
[EventType(AuditActions.ApiKeyRevoked)]
public sealed record ApiKeyRevoked(EventApiKey ApiKey) : IDomainEvent;

/// <summary>An API key expired.</summary>
[EventType(AuditActions.ApiKeyExpired)]
public sealed record ApiKeyExpired(EventApiKey ApiKey) : IDomainEvent;

/// <summary>An API key was reported as leaked, which ended it.</summary>
[EventType(AuditActions.ApiKeyLeaked)]
public sealed record ApiKeyLeaked(EventApiKey ApiKey) : IDomainEvent;
