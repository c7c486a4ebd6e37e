using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Webhooks;

/// <summary>An address that is told of events.</summary>
public sealed record WebhookDto
{
    /// <summary>The endpoint's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>Where messages are sent.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public required string Url { get; init; }

    /// <summary>What it is for.</summary>
    /// <example>Keeps the CRM up to date</example>
    public required string? Description { get; init; }

    /// <summary>The types of events that it is told of; empty for all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether messages show names and addresses; only where whoever set <c>url</c> could read users.</summary>
    public required bool ShowsUserData { get; init; }

    /// <summary>Until when messages carry a signature with the previous secret too, UTC; null when there is none.</summary>
    public required DateTime? PreviousSecretUntil { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Counts changes; also in <c>ETag</c>.</summary>
    public required int Version { get; init; }
}

/// <summary>An endpoint with its new secret, which is told this once.</summary>
public sealed record WebhookSecretDto
{
    /// <summary>The endpoint.</summary>
    public required WebhookDto Webhook { get; init; }

    /// <summary>What messages are signed with: <c>whsec_</c> and 32 bytes in Base64.</summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD</example>
    public required string Secret { get; init; }
}

/// <summary>An event on its way to an endpoint; never what it says.</summary>
public sealed record WebhookDeliveryDto
{
    /// <summary>The delivery's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The event's id: the header <c>webhook-id</c>, and the id of the audit entry that records the same.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f707</example>
    public required string EventId { get; init; }

    /// <summary>What happened.</summary>
    /// <example>user.created</example>
    public required string EventType { get; init; }

    /// <summary>Where it stands.</summary>
    public required OutboxStatus Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last try failed.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it is tried next, UTC; null once it is done.</summary>
    public required DateTime? NextAttemptAt { get; init; }

    /// <summary>When the endpoint took it, UTC.</summary>
    public required DateTime? SentAt { get; init; }
}
