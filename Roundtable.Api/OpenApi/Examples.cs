using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>Gives every body and every success that has none an example, put together from the examples of members.</summary>
internal static class Examples
{
    public const string Id = "019ab2c4d5e67f8091a2b3c4d5e6f708";
    public const string RequestId = "0HNF3K2M9Q7T1:00000001";

    private const string Time = "2026-03-14T09:26:53Z";
    private const string Later = "2026-03-21T09:26:53Z";
    private const int MaxDepth = 12;

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        foreach (var operation in document.Operations())
        {
            var answers = operation.Responses?.Values.SelectMany(r => r.Content?.Values ?? []) ?? [];
            foreach (var media in answers.Concat(operation.RequestBody?.Content?.Values ?? []).OfType<OpenApiMediaType>())
            {
                if (media is { Example: null, Examples: null or { Count: 0 }, Schema: { } schema })
                {
                    media.Example = Of(schema, document, 0);
                }
            }

            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                if (parameter is { Example: null, In: ParameterLocation.Path })
                {
                    parameter.Example = parameter.Name == "id" ? Id : Of(parameter.Schema!, document, 0);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static JsonNode? Of(IOpenApiSchema schema, OpenApiDocument document, int depth)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            schema = document.Components!.Schemas![id];
        }

        if ((schema.Examples?.FirstOrDefault() ?? schema.Default ?? schema.Enum?.FirstOrDefault()) is { } given)
        {
            return given.DeepClone();
        }

        if (depth > MaxDepth)
        {
            return null;
        }

        var type = schema.Type ?? JsonSchemaType.Object;
        return schema switch
        {
            { AllOf: [{ } part, ..] } => Of(part, document, depth + 1),
            { OneOf: [{ } choice, ..] } => Of(choice, document, depth + 1),
            { Items: { } item } => new JsonArray(Of(item, document, depth + 1)),
            { Properties: { Count: > 0 } members } => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, OfMember(m.Key, m.Value, document, depth + 1)))),
            _ when type.HasFlag(JsonSchemaType.Null) => null,
            _ when type.HasFlag(JsonSchemaType.Object) => new JsonObject(),
            _ when type.HasFlag(JsonSchemaType.Boolean) => false,
            _ when type.HasFlag(JsonSchemaType.Integer) => 1,
            _ when type.HasFlag(JsonSchemaType.Number) => 1.5,
            _ => Text(schema.Format),
        };
    }

    private static JsonNode? OfMember(string name, IOpenApiSchema schema, OpenApiDocument document, int depth) =>
        schema is OpenApiSchema { Examples: null or { Count: 0 } } && Usual(name) is { } usual ? usual : Of(schema, document, depth);

    /// <summary>Members that many types have, where a type does not give an example itself.</summary>
    private static JsonNode? Usual(string name) => name switch
    {
        "id" => Id,
        "email" => "ada@example.com",
        "name" => "Ada Lovelace",
        "roles" => new JsonArray("user"),
        "permissions" => new JsonArray("users:list", "users:read"),
        "emailVerified" or "current" => true,
        "requestId" => RequestId,
        "userAgent" => "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "lastSeenAt" => Time,
        "expiresAt" => Later,
        _ => null,
    };

    private static string Text(string? format) => format switch
    {
        "date-time" => Time,
        "date" => Time[..10],
        "email" => "ada@example.com",
        _ => "text",
    };
}
