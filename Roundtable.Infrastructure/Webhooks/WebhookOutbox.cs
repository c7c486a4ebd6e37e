using System.Text.Json;
using System.Text.Json.Serialization;
using Roundtable.Application.Events;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Common;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Leaves messages, encrypted, in the running transaction.</summary>
internal sealed class WebhookOutbox(IOutboxStore<WebhookDelivery> store, WebhookSubscriptions subscriptions, WebhookProtector protector) : IWebhookOutbox
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public void Enqueue(string endpointId, string eventId, string eventType, object message, DateTime nowUtc) =>
        store.Add(WebhookDelivery.Create(EntityId.New(nowUtc), endpointId, eventId, eventType, protector.Protect(JsonSerializer.Serialize(message, Json)), nowUtc));

    /// <summary>Leaves a message for every endpoint that wants to hear of the event.</summary>
    public async Task EnqueueAsync(RaisedEvent e, RoundtableDbContext db, CancellationToken ct)
    {
        foreach (var endpointId in await subscriptions.ToAsync(e.Type, db, ct))
        {
            Enqueue(endpointId, e.Id, e.Type, WebhookMessage.Of(e), e.OccurredAtUtc);
        }
    }
}
