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
        var session = context.Session;
        var who = session?.Impersonator is { } admin
            ? (admin.UserId, admin.Email, session.UserId, session.Email)
            : (actor?.Id ?? session?.UserId, actor?.Email ?? session?.Email, (string?)null, (string?)null);

        var entry = AuditEntry.Record(
            action,
            new AuditActor(who.Item1, who.Item2, who.Item3, who.Item4, context.IpAddress, context.UserAgent, context.RequestId),
            target.Type,
            target.Id,
            target.SubjectId,
            Text(details),
            clock.GetUtcNow().UtcDateTime
        );
        entries.Add(entry);
        if (raises is not null)
        {
            events.Raise(new RaisedEvent(entry.Id, EventTypes.Of(raises), entry.CreatedAtUtc, who.Item1, raises));
        }
    }

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
