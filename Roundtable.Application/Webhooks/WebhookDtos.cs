using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Application.Webhooks;

/// <summary>A webhook endpoint.</summary>
public sealed record WebhookDto
{
    /// <summary>The endpoint's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The URL that receives messages.</summary>
    /// <example>https://hooks.example.com/roundtable</example>
    public required string Url { get; init; }

    /// <summary>The purpose.</summary>
    /// <example>Keeps the CRM up to date</example>
    public required string? Description { get; init; }

    /// <summary>The subscribed event types; empty for all.</summary>
    /// <example>["user.created","user.deleted"]</example>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether messages are sent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether messages include names and e-mail addresses: only if the admin who set <c>url</c> could read users.</summary>
    public required bool ShowsUserData { get; init; }

    /// <summary>The user who added it; null if unknown, or deleted.</summary>
    public required CreatorDto? CreatedBy { get; init; }

    /// <summary>Its deliveries in figures.</summary>
    public required WebhookActivityDto Activity { get; init; }

    /// <summary>Until when messages are also signed with the previous secret (UTC); null if there is none.</summary>
    public required DateTime? PreviousSecretUntil { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The version number; also in <c>ETag</c>.</summary>
    public required int Version { get; init; }
}

/// <summary>An endpoint's deliveries in figures. The success rate of a day is <c>sent / (sent + failed + retrying)</c>.</summary>
public sealed record WebhookActivityDto
{
    /// <summary>Messages of the last 24 hours that the endpoint accepted.</summary>
    /// <example>120</example>
    public required int Sent { get; init; }

    /// <summary>Messages of the last 24 hours that failed for good.</summary>
    /// <example>2</example>
    public required int Failed { get; init; }

    /// <summary>Messages of the last 24 hours that failed at least once and will be sent again.</summary>
    /// <example>1</example>
    public required int Retrying { get; init; }

    /// <summary>When the newest message was created (UTC); null if there is none.</summary>
    public required DateTime? LastAt { get; init; }

    /// <summary>The newest message's status; null if there is none.</summary>
    public required OutboxStatus? LastStatus { get; init; }
}

/// <summary>An endpoint with its new secret, which is returned only once.</summary>
public sealed record WebhookSecretDto
{
    /// <summary>The endpoint.</summary>
    public required WebhookDto Webhook { get; init; }

    /// <summary>The signing secret: <c>whsec_</c> and 32 bytes in Base64.</summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD</example>
    public required string Secret { get; init; }
}

/// <summary>The delivery of an event to an endpoint, without the payload.</summary>
public sealed record WebhookDeliveryDto
{
    /// <summary>The delivery's id.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f708</example>
    public required string Id { get; init; }

    /// <summary>The event's id, as in the <c>webhook-id</c> header; also the id of its audit entry.</summary>
    /// <example>019ab2c4d5e67f8091a2b3c4d5e6f707</example>
    public required string EventId { get; init; }

    /// <summary>The event's type.</summary>
    /// <example>user.created</example>
    public required string EventType { get; init; }

    /// <summary>The delivery status.</summary>
    public required OutboxStatus Status { get; init; }

    /// <summary>The number of attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why the last attempt failed: the text of the server or library, sanitised.</summary>
    public required string? LastError { get; init; }

    /// <summary>That error's code. Null if there is none, or if the error was stored before codes were.</summary>
    public required DeliveryErrorCode? LastErrorCode { get; init; }

    /// <summary>When the event occurred (UTC).</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the next attempt is due (UTC); null when done.</summary>
    public required DateTime? NextAttemptAt { get; init; }

    /// <summary>When the endpoint accepted it (UTC).</summary>
    public required DateTime? SentAt { get; init; }
}

/// <summary>A delivery with the message that is sent.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Body">
/// The JSON that the endpoint receives, at most 20,000 characters of it. Null once the endpoint accepted the message, because it is
/// deleted then; and for callers without <c>webhooks:write</c> and <c>users:read</c>, for API keys and while impersonating: they could
/// not have it sent to themselves.
/// </param>
public sealed record WebhookMessageDto(WebhookDeliveryDto Delivery, string? Body);
