using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.OpenApi;

/// <summary>Checks what every operation in the document must have, by enumerating them.</summary>
public sealed class ApiDocumentTests
{
    private ServedDocument document = null!;

    private Subject Subject => new() { Document = document };

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
    public void OperationIds_AreUnique_AndConsistOfTagAndOperation() =>
        DocumentGuards.OperationIdsNameClientAndMethod(Subject).ShouldBeEmpty();

    [Test]
    public void Operations_HaveSummary_AndADescribedTag()
    {
        DocumentGuards.OperationsHaveASummary(Subject).ShouldBeEmpty();
        DocumentGuards.OperationsHaveADescribedTag(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Operations_HaveDescribedResponses() => DocumentGuards.ResponsesAreDescribed(Subject).ShouldBeEmpty();

    [Test]
    public void Parameters_AreDescribed_AndCamelCase()
    {
        DocumentGuards.ParametersAreDescribed(Subject).ShouldBeEmpty();
        DocumentGuards.ParametersAreInCamelCase(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Bodies_HaveAnExample() => DocumentGuards.BodiesHaveAnExample(Subject).ShouldBeEmpty();

    [Test]
    public void Examples_MatchTheirSchemas() => DocumentGuards.ExamplesMatchTheirSchemas(Subject).ShouldBeEmpty();

    [Test]
    public void Errors_AreProblemDocuments_WithADefault()
    {
        DocumentGuards.OperationsHaveADefaultResponse(Subject).ShouldBeEmpty();
        DocumentGuards.ErrorsAreProblemDocuments(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Errors_MatchTheOperationsRequirements() => DocumentGuards.ErrorsMatchRequirements(Subject).ShouldBeEmpty();

    [Test]
    public void AdminOperations_DocumentAPermission() => DocumentGuards.AdminOperationsDocumentAPermission(Subject).ShouldBeEmpty();

    [Test]
    public void Responses_DocumentTheirHeaders() => DocumentGuards.ResponsesDocumentTheirHeaders(Subject).ShouldBeEmpty();

    [Test]
    public void Content_IsAbsent_From204() => DocumentGuards.NoContentHasNoContent(Subject).ShouldBeEmpty();

    [Test]
    public void Schemas_AreClosed_AndEnumsAreStrings()
    {
        DocumentGuards.SchemasAreClosed(Subject).ShouldBeEmpty();
        DocumentGuards.EnumsAreCamelCaseTexts(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Schemas_AvoidConstructsThatGeneratorsMishandle() => DocumentGuards.SchemasSuitGenerators(Subject).ShouldBeEmpty();

    [Test]
    public void Members_AreDescribed_ReferencesToo() =>
        Assert.That(
            document.Schemas.SelectMany(s =>
                Members(s.Value!).Where(m => string.IsNullOrWhiteSpace((string?)m.Value!["description"])).Select(m => $"{s.Key}.{m.Key}")
            ),
            Is.Empty
        );

    [Test]
    public void OmittedMembers_AreOptional_AndNotNullable()
    {
        var leftOut = Product
            .Types.Types.Where(t => document.Schemas.ContainsKey(t.Name))
            .SelectMany(t => t.GetProperties())
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull })
            .Select(p => (Schema: document.Schemas[p.DeclaringType!.Name]!, Name: JsonNamingPolicy.CamelCase.ConvertName(p.Name)))
            .ToList();
        Assert.That(leftOut.Select(m => m.Name), Does.Contain("user").And.Contain("session"), "at the second step of a sign-in");
        Assert.Multiple(() =>
        {
            foreach (var (schema, name) in leftOut)
            {
                Assert.That(schema["required"]!.AsArray().Select(n => (string)n!), Does.Not.Contain(name));
                Assert.That(schema["properties"]![name]!["nullable"], Is.Null, name);
            }
        });
    }

    [Test]
    public void Data_IsNullable_OnlyIfItCanBeNull() =>
        Assert.That(
            document.Schemas.Where(s => (bool?)s.Value!["properties"]?["data"]?["nullable"] == true).Select(s => s.Key),
            Is.EquivalentTo((string[])["EmptyResponse", "ExternalRefusalResponse", "SignedInSessionResponse"])
        );

    [Test]
    public void SecondFactorExamples_ShowOneFactorOnly()
    {
        var examples = document
            .Operations.Select(o => o.Json["requestBody"]?["content"]?["application/json"]?["example"])
            .OfType<JsonObject>()
            .Where(e => e.ContainsKey("code") || e.ContainsKey("recoveryCode"))
            .ToList();
        Assert.That(examples, Is.Not.Empty);
        Assert.That(examples.Where(e => e.ContainsKey("code") && e.ContainsKey("recoveryCode")), Is.Empty);
    }

    /// <summary>Uses its own application so that the forged request is the first: it must not affect what others receive.</summary>
    [TestCase("Host", "evil.example")]
    [TestCase("X-Forwarded-Host", "evil.example")]
    [TestCase("X-Forwarded-Prefix", "/evil.example")]
    [TestCase("X-Forwarded-Proto", "evil.example")]
    [TestCase("Forwarded", "host=evil.example;proto=https")]
    public async Task Document_IsTheSame_ForEveryHost(string header, string value)
    {
        // Uses the public URL, because Development rejects other hosts; the sender is a trusted proxy.
        await using var app = TestApp.Start(
            ("App:PublicUrl", "https://evil.example"),
            ("App:TrustedProxies:0", "127.0.0.1"),
            ("App:TrustedProxies:1", "::1")
        );
        var first = (await Wire.SendAsync(app, HttpMethod.Get, "/openapi/v1.json", null, (header, value))).ShouldSucceed().Text;
        var second = (await Wire.SendAsync(app, HttpMethod.Get, "/openapi/v1.json")).ShouldSucceed().Text;
        Assert.Multiple(() =>
        {
            Assert.That(first, Does.Not.Contain("evil.example"));
            Assert.That(first == second && JsonNode.DeepEquals(JsonNode.Parse(first), document.Json), Is.True, "another document");
        });
    }

    private static JsonObject Members(JsonNode schema) => schema["properties"]?.AsObject() ?? [];
}
