using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Roundtable.Application.Events;
using Roundtable.Application.Webhooks;
using Roundtable.Domain.Common;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Enqueues encrypted messages in the running transaction.</summary>
internal sealed class WebhookOutbox(IOutboxStore<WebhookDelivery> store, WebhookSubscriptions subscriptions, WebhookProtector protector)
    : IWebhookOutbox
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions WithoutUserData = new(Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveUserDataOut } },
    };

    public void Enqueue(string endpointId, string eventId, string eventType, object message, DateTime nowUtc) =>
        Add(endpointId, eventId, eventType, JsonSerializer.Serialize(message, Json), nowUtc);

    /// <summary>Enqueues a message for every endpoint that subscribes to the event.</summary>
    public async Task EnqueueAsync(RaisedEvent e, RoundtableDbContext db, CancellationToken ct)
    {
        foreach (var endpoint in await subscriptions.ToAsync(e.Type, db, ct))
        {
            var message = JsonSerializer.Serialize(WebhookMessage.Of(e), endpoint.ShowsUserData ? Json : WithoutUserData);
            Add(endpoint.EndpointId, e.Id, e.Type, message, e.OccurredAtUtc);
        }
    }

    private void Add(string endpointId, string eventId, string eventType, string json, DateTime nowUtc) =>
        store.Add(WebhookDelivery.Create(EntityId.New(nowUtc), endpointId, eventId, eventType, protector.Protect(json), nowUtc));

    private static void LeaveUserDataOut(JsonTypeInfo type)
    {
        foreach (
            var member in type
                .Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(UserDataAttribute), inherit: true) == true)
                .ToList()
        )
        {
            type.Properties.Remove(member);
        }
    }
}
