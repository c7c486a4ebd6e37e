using Newtonsoft.Json.Linq;
using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Adds an example to every request body and successful response, composed of the members' examples. NSwag's own samples ignore
/// those and contain the current time.
/// </summary>
internal sealed class Examples : IDocumentProcessor
{
    public const string Id = "019ab2c4d5e67f8091a2b3c4d5e6f708";
    public const string RequestId = "0HNF3K2M9Q7T1:00000001";

    private const string Time = "2026-03-14T09:26:53Z";
    private const string Later = "2026-03-21T09:26:53Z";

    public void Process(DocumentProcessorContext context)
    {
        foreach (var operation in context.Document.Operations.Select(o => o.Operation))
        {
            var answers = operation.Responses.Values.SelectMany(r => r.Content.Values);
            foreach (var media in answers.Concat(operation.RequestBody?.Content.Values ?? []).Where(m => m.Examples.Count == 0))
            {
                media.Example = Of(media.Schema);
            }

            foreach (var parameter in operation.Parameters.Where(p => p.Kind == OpenApiParameterKind.Path))
            {
                parameter.Example = parameter.Name == "id" ? Id : Of(parameter.Schema);
            }
        }
    }

    private static JToken Of(JsonSchema member)
    {
        var schema = member.ActualSchema;
        if ((member.Example ?? schema.Example ?? schema.Default ?? schema.Enumeration.FirstOrDefault()) is { } given)
        {
            return JToken.FromObject(given);
        }

        return schema switch
        {
            { OneOf.Count: > 0 } => Of(schema.OneOf.First()),
            { Item: { } item } => new JArray(Of(item)),
            { Properties.Count: > 0 } => new JObject(schema.Properties.Select(p => new JProperty(p.Key, OfMember(p.Key, p.Value)))),
            { IsNullableRaw: true } => JValue.CreateNull(),
            { Type: JsonObjectType.Object } => new JObject(),
            { Type: JsonObjectType.Boolean } => false,
            { Type: JsonObjectType.Integer } => 1,
            { Type: JsonObjectType.Number } => 1.5,
            _ => Text(schema.Format),
        };
    }

    private static JToken OfMember(string name, JsonSchema member) =>
        member is { Example: null, HasReference: false } && Usual(name) is { } usual ? usual : Of(member);

    /// <summary>Examples of common members, for types that do not give one themselves.</summary>
    private static JToken? Usual(string name) =>
        name switch
        {
            "id" => Id,
            "email" => "ada@example.com",
            "name" => "Ada Lovelace",
            "roles" => new JArray("user"),
            "permissions" => new JArray("users:list", "users:read"),
            "emailVerified" or "current" => true,
            "requestId" => RequestId,
            "userAgent" => "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "lastSeenAt" => Time,
            "expiresAt" => Later,
            _ => null,
        };

    private static string Text(string? format) =>
        format switch
        {
            JsonFormatStrings.DateTime => Time,
            JsonFormatStrings.Date => Time[..10],
            JsonFormatStrings.Email => "ada@example.com",
            _ => "text",
        };
}
