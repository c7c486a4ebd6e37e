using Roundtable.Application.Events;

namespace Roundtable.Application.Webhooks;

/// <summary>The JSON payload that an endpoint receives.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Timestamp">The time (UTC).</param>
/// <param name="ActorId">The acting user; null for commands and anonymous callers.</param>
/// <param name="Data">The event's own members.</param>
public sealed record WebhookMessage(string Type, DateTime Timestamp, string? ActorId, object Data)
{
    /// <summary>The type of the message that an admin sends to test an endpoint.</summary>
    public const string Test = "webhook.test";

    public static WebhookMessage Of(RaisedEvent e) => new(e.Type, e.OccurredAtUtc, e.ActorId, e.Event);
}
