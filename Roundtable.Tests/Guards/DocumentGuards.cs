using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards;

/// <summary>What every operation in the API document must have.</summary>
internal static partial class DocumentGuards
{
    public static IEnumerable<string> OperationIdsNameClientAndMethod(Subject subject) =>
        subject
            .Operations.Where(o => !OperationId().IsMatch(o.Id))
            .Select(o =>
                $"{o} has the id '{o.Id}': it consists of the controller's [Tags(\"…\")] and the action's "
                + "[Operation(\"…\")], as in Users_getMe."
            )
            .Concat(
                subject
                    .Operations.GroupBy(o => o.Id)
                    .Where(g => g.Count() > 1)
                    .Select(g => $"{string.Join(" and ", g)} share the ID '{g.Key}': change one [Operation(\"…\")].")
            );

    public static IEnumerable<string> OperationsHaveASummary(Subject subject) =>
        subject
            .Operations.Where(o => string.IsNullOrWhiteSpace((string?)o.Json["summary"]))
            .Select(o => $"{o} has no summary: add '/// <summary>Do this or that.</summary>' above the action.");

    public static IEnumerable<string> OperationsHaveADescribedTag(Subject subject)
    {
        var described = (subject.Document?.Json["tags"]?.AsArray() ?? [])
            .Where(t => !string.IsNullOrWhiteSpace((string?)t!["description"]))
            .Select(t => (string)t!["name"]!)
            .ToHashSet();
        return subject
            .Operations.Where(o => o.Json["tags"] is not JsonArray { Count: 1 } only || !described.Contains((string)only[0]!))
            .Select(o => $"{o} has no described tag: add one [Tags(\"…\")] to its controller, with a '/// <summary>'.");
    }

    public static IEnumerable<string> ResponsesAreDescribed(Subject subject) =>
        subject.Operations.SelectMany(o =>
            o.Answers.All(a => a.Status[0] != '2')
                ? [$"{o} documents no success: add [ProducesResponseType<ApiResponse<…>>(StatusCodes.Status200OK)] on the action."]
                : o
                    .Answers.Where(a => string.IsNullOrWhiteSpace((string?)a.Answer["description"]))
                    .Select(a =>
                        $"{o} does not describe {a.Status}: add '/// <response code=\"{a.Status}\">….</response>' above the action."
                    )
        );

    public static IEnumerable<string> ParametersAreDescribed(Subject subject) =>
        subject.Operations.SelectMany(o =>
            Parameters(o)
                .Where(p => string.IsNullOrWhiteSpace((string?)p["description"]))
                .Select(p =>
                    $"{o} does not describe its parameter '{(string?)p["name"]}': add '/// <param "
                    + $"name=\"{(string?)p["name"]}\">…</param>', or a summary to the request record's member."
                )
        );

    public static IEnumerable<string> ParametersAreInCamelCase(Subject subject) =>
        subject.Operations.SelectMany(o =>
            Parameters(o)
                .Where(p => (string?)p["in"] != "header" && !char.IsLower(((string)p["name"]!)[0]))
                .Select(p =>
                    $"{o} takes '{(string?)p["name"]}', which is not camelCase: rename the parameter, or bind it by "
                    + "[FromQuery(Name = \"…\")]."
                )
        );

    public static IEnumerable<string> BodiesHaveAnExample(Subject subject) =>
        subject.Operations.SelectMany(o =>
            o.Contents.Where(c => !c.Media.ContainsKey("example") && c.Media["examples"] is not JsonObject { Count: > 0 })
                .Select(c =>
                    $"{o} has no example of its {c.Type}: add '/// <example>' to the members of the type, or declare the response "
                    + "type by [ProducesResponseType<…>]."
                )
        );

    public static IEnumerable<string> ExamplesMatchTheirSchemas(Subject subject) =>
        from operation in subject.Operations
        from content in operation.Contents
        where content.Type.EndsWith("json", StringComparison.Ordinal)
        let examples = content.Media["examples"]?.AsObject().Select(e => subject.Document!.Resolve(e.Value!)["value"])
            ?? (content.Media.ContainsKey("example") ? [content.Media["example"]] : [])
        from fault in examples.SelectMany(e => subject.Document!.Faults(e, content.Media["schema"]!))
        select $"{operation} has an invalid example in {content.Type}: {fault}. Correct the '/// <example>' of that member.";

    public static IEnumerable<string> ErrorsAreProblemDocuments(Subject subject) =>
        subject.Operations.SelectMany(o =>
            o.Answers.Where(a => a.Status[0] != '2' && !IsProblem(a.Answer))
                .Select(a =>
                    $"{o} returns {a.Status} with another type than application/problem+json: declare errors by "
                    + "[ProducesErrors(\"…\")] only, and return them by Problem(error)."
                )
        );

    public static IEnumerable<string> OperationsHaveADefaultResponse(Subject subject) =>
        subject
            .Operations.Where(o => o.Answers.All(a => a.Status != "default"))
            .Select(o =>
                $"{o} lacks the response 'default', which covers errors that are not listed: ErrorAnswers adds it to every "
                + "operation of the document."
            );

    public static IEnumerable<string> ErrorsMatchRequirements(Subject subject) =>
        subject.Operations.SelectMany(o =>
            new (bool Holds, string Breach)[]
            {
                (o.NeedsSession == Has(o, "401", "unauthenticated"), "requires a session exactly if it can return 401 unauthenticated"),
                (o.Permission is null || Has(o, "403", "forbidden"), "requires a permission, and so can return 403 forbidden"),
                (o.Method == "GET" != Has(o, "403", "csrf_rejected"), "can return 403 csrf_rejected exactly if it is not GET"),
                (
                    o.Json["requestBody"] is null != (Has(o, "413", "payload_too_large") && Has(o, "415", "unsupported_media_type")),
                    "can return 413 payload_too_large and 415 unsupported_media_type exactly if it has a body"
                ),
                (
                    Has(o, "429", "rate_limited") && Has(o, "503", "unavailable"),
                    "can return 429 rate_limited and 503 unavailable, as every operation can"
                ),
                (
                    Has(o, "412", "stale_version") == Parameters(o).Any(p => (string?)p["name"] == "If-Match"),
                    "can return 412 stale_version exactly if it takes If-Match"
                ),
            }
                .Where(r => !r.Holds)
                .Select(r =>
                    $"{o} {r.Breach}, but the document differs: EndpointFacts.Implied and OperationNeeds derive it from the "
                    + "action's attributes."
                )
        );

    // The permission for the bulk endpoint depends on the action in its body.
    public static IEnumerable<string> AdminOperationsDocumentAPermission(Subject subject) =>
        subject
            .Operations.Where(o =>
                o.Path.StartsWith("/api/v1/admin/", StringComparison.Ordinal)
                && o.Permission is null
                && !(o.NeedsSession && o.Path.EndsWith("/bulk", StringComparison.Ordinal))
            )
            .Select(o => $"{o} is under /admin and documents no permission: add [RequirePermission(Permissions.…)] to the action.");

    public static IEnumerable<string> ResponsesDocumentTheirHeaders(Subject subject) =>
        from operation in subject.Operations
        from answer in operation.Answers
        from header in Headers(answer.Status)
        where answer.Answer["headers"]?[header] is null
        select $"{operation} does not document the header {header} of {answer.Status}: ResponseHeaders adds it by status.";

    public static IEnumerable<string> NoContentHasNoContent(Subject subject) =>
        subject
            .Operations.Where(o => o.Answers.Any(a => a.Status == "204" && a.Answer["content"] is not null))
            .Select(o =>
                $"{o} documents a body for 204, which has none: return 200, or declare "
                + "[ProducesResponseType(StatusCodes.Status204NoContent)] without a type."
            );

    public static IEnumerable<string> SchemasAreClosed(Subject subject) =>
        Schemas(subject)
            .Where(s =>
                s.Schema["properties"] is not null && (s.Schema["additionalProperties"] as JsonValue)?.GetValue<bool>() is not false
            )
            .Select(s =>
                $"The schema {s.Name} allows unknown members, which the API refuses: NSwag closes every record, so use "
                + "a record instead of a dictionary or an object."
            );

    public static IEnumerable<string> EnumsAreCamelCaseTexts(Subject subject) =>
        Schemas(subject)
            .Where(s =>
                s.Schema["enum"] is JsonArray values
                && ((string?)s.Schema["type"] != "string" || values.Any(v => v is null || !char.IsLower(((string)v!)[0])))
            )
            .Select(s => $"The enum {s.Name} is not serialized as camelCase strings: let JsonSetup convert it, without another converter.");

    public static IEnumerable<string> SchemasSuitGenerators(Subject subject) =>
        subject.Document is null
            ? []
            : new (bool Found, string Breach)[]
            {
                (Text(subject).Contains("anyOf", StringComparison.Ordinal), "anyOf (a number that may be a string)"),
                (Text(subject).Contains("\"enum\":[null]", StringComparison.Ordinal), "an enum of null"),
                (
                    Schemas(subject)
                        .Any(s => s.Name.Contains("Of", StringComparison.Ordinal) || s.Name.Contains('`', StringComparison.Ordinal)),
                    "a schema named after a generic type"
                ),
            }
                .Where(r => r.Found)
                .Select(r =>
                    $"The document contains {r.Breach}, which client generators mishandle: fix it in ValueTypes, MemberRules or "
                    + "SchemaNames."
                );

    private static string Text(Subject subject) => subject.Document!.Json.ToJsonString();

    private static IEnumerable<(string Name, JsonNode Schema)> Schemas(Subject subject) =>
        subject.Document?.Schemas.Select(s => (s.Key, s.Value!)) ?? [];

    private static IEnumerable<JsonNode> Parameters(Operation operation) => operation.Json["parameters"]?.AsArray().Select(p => p!) ?? [];

    private static bool IsProblem(JsonObject answer) =>
        answer["content"] is JsonObject { Count: 1 } content
        && (string?)content["application/problem+json"]?["schema"]?["$ref"] == "#/components/schemas/ApiProblem";

    private static bool Has(Operation operation, string status, string code) =>
        operation.Answers.Any(a => a.Status == status && a.Answer["content"]?["application/problem+json"]?["examples"]?[code] is not null);

    private static IEnumerable<string> Headers(string status) =>
        status switch
        {
            "201" => ["X-Request-Id", "Location"],
            "429" => ["X-Request-Id", "Retry-After", "RateLimit-Reset"],
            _ => ["X-Request-Id"],
        };

    [GeneratedRegex("^[A-Z][A-Za-z]+_[a-z][A-Za-z]+$")]
    private static partial Regex OperationId();
}
