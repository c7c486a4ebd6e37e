using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Roundtable.Tests.OpenApi;

/// <summary>What every operation's entry in the document must have, by enumerating them.</summary>
public sealed partial class ApiDocumentTests
{
    private ServedDocument document = null!;

    [OneTimeSetUp]
    public async Task Fetch() => document = await ServedDocument.FetchAsync();

    [Test]
    public void Document_IsOpenApi30_WithoutServers()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)document.Json["openapi"], Does.StartWith("3.0."));
            Assert.That(document.Json["servers"], Is.Null);
            Assert.That(document.Operations, Is.Not.Empty);
        });
    }

    [Test]
    public void OperationIds_AreUnique_AndNameClientAndMethod()
    {
        var ids = document.Operations.Select(o => o.Id).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Unique);
            Assert.That(ids, Has.All.Matches<string>(OperationId().IsMatch));
        });
    }

    [Test]
    public void Operations_HaveSummary_AndADescribedTag()
    {
        var tags = document.Json["tags"]!.AsArray().Where(t => !string.IsNullOrWhiteSpace((string?)t!["description"])).Select(t => (string)t!["name"]!).ToHashSet();
        ShouldHoldForAll(o => !string.IsNullOrWhiteSpace((string?)o.Json["summary"]) && o.Json["tags"] is JsonArray { Count: 1 } only && tags.Contains((string)only[0]!));
    }

    [Test]
    public void Operations_HaveDescribedAnswers() =>
        ShouldHoldForAll(o => o.Answers.All(a => !string.IsNullOrWhiteSpace((string?)a.Answer["description"])) && o.Answers.Any(a => a.Status[0] == '2'));

    [Test]
    public void Parameters_AreDescribed_AndCamelCase() => ShouldHoldForAll(o => (o.Json["parameters"]?.AsArray() ?? []).All(p =>
        !string.IsNullOrWhiteSpace((string?)p!["description"]) && ((string?)p["in"] == "header" || char.IsLower(((string)p["name"]!)[0]))));

    [Test]
    public void Bodies_HaveAnExample() => ShouldHoldForAll(o => o.Contents.All(c => c.Media.ContainsKey("example") || c.Media["examples"] is JsonObject { Count: > 0 }));

    [Test]
    public void Examples_FitTheirSchemas()
    {
        foreach (var operation in document.Operations)
        {
            foreach (var (type, media) in operation.Contents.Where(c => c.Type.EndsWith("json", StringComparison.Ordinal)))
            {
                var examples = media["examples"]?.AsObject().Select(e => document.Resolve(e.Value!)["value"]) ?? [media["example"]];
                Assert.That(examples.SelectMany(e => document.Faults(e, media["schema"]!)), Is.Empty, $"{operation} {type}");
            }
        }
    }

    [Test]
    public void Errors_AreProblemDocuments_WithADefault()
    {
        ShouldHoldForAll(o => o.Answers.Any(a => a.Status == "default"));
        ShouldHoldForAll(o => o.Answers.Where(a => a.Status[0] != '2').All(a =>
            a.Answer["content"] is JsonObject { Count: 1 } content && (string?)content["application/problem+json"]?["schema"]?["$ref"] == "#/components/schemas/ApiProblem"));
    }

    [Test]
    public void Errors_FollowFromWhatAnOperationNeeds()
    {
        ShouldHoldForAll(o => o.NeedsSession == Codes(o, "401").Contains("unauthenticated"));
        ShouldHoldForAll(o => o.Permission is null || Codes(o, "403").Contains("forbidden"));
        ShouldHoldForAll(o => o.Method == "GET" != Codes(o, "403").Contains("csrf_rejected"));
        ShouldHoldForAll(o => o.Json["requestBody"] is null != (Codes(o, "413").Contains("payload_too_large") && Codes(o, "415").Contains("unsupported_media_type")));
        ShouldHoldForAll(o => Codes(o, "429").Contains("rate_limited") && Codes(o, "503").Contains("unavailable"));
        ShouldHoldForAll(o => Codes(o, "412").Contains("stale_version") == (o.Json["parameters"]?.AsArray() ?? []).Any(p => (string?)p!["name"] == "If-Match"));
    }

    // What the bulk endpoint needs depends on the action in its body.
    [Test]
    public void AdminOperations_NeedAPermission() => ShouldHoldForAll(o =>
        !o.Path.StartsWith("/api/v1/admin/", StringComparison.Ordinal) || o.Permission is not null || (o.NeedsSession && o.Path.EndsWith("/bulk", StringComparison.Ordinal)));

    [Test]
    public void Answers_NameTheirHeaders()
    {
        ShouldHoldForAll(o => o.Answers.All(a => a.Answer["headers"]?["X-Request-Id"] is not null));
        ShouldHoldForAll(o => o.Answers.All(a => a.Status != "201" || a.Answer["headers"]?["Location"] is not null));
        ShouldHoldForAll(o => o.Answers.All(a => a.Status != "429" || (a.Answer["headers"]?["Retry-After"] is not null && a.Answer["headers"]?["RateLimit-Reset"] is not null)));
    }

    [Test]
    public void Content_IsAbsent_From204() => ShouldHoldForAll(o => o.Answers.All(a => a.Status != "204" || a.Answer["content"] is null));

    [Test]
    public void Schemas_AreClosed_AndEnumsAreStrings() => Assert.Multiple(() =>
    {
        foreach (var (name, schema) in document.Schemas)
        {
            if (schema!["properties"] is not null)
            {
                Assert.That((bool?)schema["additionalProperties"], Is.False, name);
            }

            if (schema["enum"] is JsonArray values)
            {
                Assert.That((string?)schema["type"], Is.EqualTo("string"), name);
                Assert.That(values.Select(v => (string?)v), Has.All.Matches<string?>(v => v is not null && char.IsLower(v[0])), name);
            }
        }
    });

    [Test]
    public void Schemas_SayNothingThatGeneratorsStumbleOver()
    {
        var text = document.Json.ToJsonString();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Contain("anyOf"), "numbers that may be strings");
            Assert.That(text, Does.Not.Contain("\"enum\":[null]"), "null as a type");
            Assert.That(document.Schemas.Select(s => s.Key), Has.None.Contains("Of").And.None.Contains("`"), "names of generic types");
        });
    }

    private static HashSet<string> Codes(Operation operation, string status) =>
        operation.Answers.Where(a => a.Status == status)
            .SelectMany(a => a.Answer["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(e => e.Key) ?? [])
            .ToHashSet();

    private void ShouldHoldForAll(Func<Operation, bool> holds, [CallerArgumentExpression(nameof(holds))] string? rule = null) =>
        Assert.That(document.Operations.Where(o => !holds(o)).Select(o => o.ToString()), Is.Empty, rule);

    [GeneratedRegex("^[A-Z][A-Za-z]+_[a-z][A-Za-z]+$")]
    private static partial Regex OperationId();
}
