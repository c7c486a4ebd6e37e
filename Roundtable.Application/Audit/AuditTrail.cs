using System.Text.Json;
using System.Text.Json.Serialization;
using Roundtable.Application.Common;
using Roundtable.Application.Events;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Audit;

internal sealed class AuditTrail(IAuditRepository entries, IRequestContext context, DomainEvents events, TimeProvider clock) : IAuditTrail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public void Record(string action, AuditTarget target, object? details, User? actor, IDomainEvent? raises)
    {
        var who = Actor(actor);
        var entry = AuditEntry.Record(action, who, target.Type, target.Id, target.SubjectId, Text(details), clock.GetUtcNow().UtcDateTime);
        entries.Add(entry);
        if (raises is not null)
        {
            events.Raise(new RaisedEvent(entry.Id, EventTypes.Of(raises), entry.CreatedAtUtc, who.Id, raises));
        }
    }

    private AuditActor Actor(User? actor) =>
        context.Caller switch
        {
            CurrentSession { Impersonator: { } admin } session => From(admin.UserId, admin.Email) with
            {
                OnBehalfOfId = session.UserId,
                OnBehalfOfEmail = session.Email,
            },
            ApiKeyCaller key => From(key.PrincipalId, key.Email) with
            {
                Name = key.IsServiceAccount ? key.Name : null,
                ApiKeyId = key.KeyId,
            },
            CurrentSession session => From(actor?.Id ?? session.UserId, actor?.Email ?? session.Email),
            _ => From(actor?.Id, actor?.Email),
        };

    private AuditActor From(string? id, string? email) => new(id, email, context.IpAddress, context.UserAgent, context.RequestId);

    // A truncated entry is better than an action that cannot be recorded.
    private static string Text(object? details) =>
        details is null
            ? "{}"
            : JsonSerializer.Serialize(details, Json) switch
            {
                { Length: > AuditEntry.DetailsMaxLength } => "{\"truncated\":true}",
                var json => json,
            };
}
