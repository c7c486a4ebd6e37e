using Roundtable.Application.Events;

namespace Roundtable.Application.Webhooks;

/// <summary>What an endpoint receives, as JSON.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When, UTC.</param>
/// <param name="ActorId">The user who did it; null for commands and strangers.</param>
/// <param name="Data">The event's own members.</param>
public sealed record WebhookMessage(string Type, DateTime Timestamp, string? ActorId, object Data)
{
    /// <summary>The type of the message that an admin sends to try an endpoint out.</summary>
    public const string Test = "webhook.test";

    public static WebhookMessage Of(RaisedEvent e) => new(e.Type, e.OccurredAtUtc, e.ActorId, e.Event);
}
