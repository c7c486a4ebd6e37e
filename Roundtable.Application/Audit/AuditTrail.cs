using System.Text.Json;
using System.Text.Json.Serialization;
using Roundtable.Application.Common;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Audit;

internal sealed class AuditTrail(IAuditRepository entries, IRequestContext context, TimeProvider clock) : IAuditTrail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public void Record(string action, AuditTarget target, object? details, User? actor)
    {
        var session = context.Session;
        var who = session?.Impersonator is { } admin
            ? (admin.UserId, admin.Email, session.UserId, session.Email)
            : (actor?.Id ?? session?.UserId, actor?.Email ?? session?.Email, (string?)null, (string?)null);

        entries.Add(AuditEntry.Record(
            action,
            new AuditActor(who.Item1, who.Item2, who.Item3, who.Item4, context.IpAddress, context.UserAgent, context.RequestId),
            target.Type,
            target.Id,
            target.SubjectId,
            Text(details),
            clock.GetUtcNow().UtcDateTime));
    }

    // An entry that says less is better than a deed that cannot be recorded.
    private static string Text(object? details) => details is null ? "{}" : JsonSerializer.Serialize(details, Json) switch
    {
        { Length: > AuditEntry.DetailsMaxLength } => "{\"truncated\":true}",
        var json => json,
    };
}
