using System.Text.Json;
using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

/// <summary>The API document as served by the application.</summary>
internal sealed class ServedDocument(JsonObject json)
{
    public JsonObject Json => json;

    public JsonObject Schemas => json["components"]!["schemas"]!.AsObject();

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. json["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => new Operation(o.Key.ToUpperInvariant(), p.Key, o.Value!.AsObject()))),
    ];

    public static async Task<ServedDocument> FetchAsync()
    {
        using var browser = TestApp.Current.NewBrowser();
        var answer = await browser.RawAsync(HttpMethod.Get, "/openapi/v1.json");
        return new ServedDocument(answer.ShouldSucceed().Json.AsObject());
    }

    public Operation Find(string operationId) => Operations.Single(o => o.Id == operationId);

    /// <summary>Resolves a reference of any kind; returns the node itself if it is not one.</summary>
    public JsonObject Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference
            ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)json, (n, name) => n[name]!).AsObject()
            : node.AsObject();

    /// <summary>Returns the value's deviations from the schema.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schemaOrReference, string at = "$")
    {
        var schema = Resolve(schemaOrReference);
        if (value is null)
        {
            return (bool?)schema["nullable"] == true ? [] : [$"{at} is null"];
        }

        if ((schema["oneOf"] ?? schema["allOf"])?[0] is { } inner)
        {
            return Faults(value, inner, at);
        }

        return ((string?)schema["type"], value) switch
        {
            ("object", JsonObject members) => ObjectFaults(members, schema, at),
            ("array", JsonArray items) => items.SelectMany((item, i) => Faults(item, schema["items"]!, $"{at}[{i}]")),
            ("string", JsonValue v) when v.GetValueKind() == JsonValueKind.String => schema["enum"] is JsonArray allowed
            && allowed.All(a => (string?)a != (string?)v)
                ? [$"{at} is {v}"]
                : [],
            ("boolean", JsonValue v) when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [],
            ("integer" or "number", JsonValue v) when v.GetValueKind() == JsonValueKind.Number => [],
            var (type, _) => [$"{at} is no {type ?? "value of a known type"}: {value.ToJsonString()}"],
        };
    }

    private IEnumerable<string> ObjectFaults(JsonObject value, JsonObject schema, string at)
    {
        var members = schema["properties"]?.AsObject();
        foreach (var name in schema["required"]?.AsArray().Select(n => (string)n!).Where(n => !value.ContainsKey(n)) ?? [])
        {
            yield return $"{at}.{name} is missing";
        }

        foreach (var (name, member) in value)
        {
            if (members?[name] is { } known)
            {
                foreach (var fault in Faults(member, known, $"{at}.{name}"))
                {
                    yield return fault;
                }
            }
            else if ((schema["additionalProperties"] as JsonValue)?.GetValueKind() == JsonValueKind.False)
            {
                yield return $"{at}.{name} is not in the schema";
            }
        }
    }
}

internal sealed record Operation(string Method, string Path, JsonObject Json)
{
    public string Id => (string?)Json["operationId"] ?? "";

    public string? Permission => (string?)Json["x-permission"];

    public bool NeedsSession => Json["security"] is JsonArray { Count: > 0 };

    public IEnumerable<(string Status, JsonObject Answer)> Answers =>
        Json["responses"]!.AsObject().Select(r => (r.Key, r.Value!.AsObject()));

    /// <summary>The request and response bodies with their media types.</summary>
    public IEnumerable<(string Type, JsonObject Media)> Contents =>
        Answers
            .Select(a => a.Answer["content"])
            .Append(Json["requestBody"]?["content"])
            .OfType<JsonObject>()
            .SelectMany(c => c.Select(m => (m.Key, m.Value!.AsObject())));

    public override string ToString() => $"{Method} {Path}";
}
