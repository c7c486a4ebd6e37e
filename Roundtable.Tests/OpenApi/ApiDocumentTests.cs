using Roundtable.Tests.Guards;

namespace Roundtable.Tests.OpenApi;

/// <summary>What every operation's entry in the document must have, by enumerating them.</summary>
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
    public void OperationIds_AreUnique_AndNameClientAndMethod() => DocumentGuards.OperationIdsNameClientAndMethod(Subject).ShouldBeEmpty();

    [Test]
    public void Operations_HaveSummary_AndADescribedTag()
    {
        DocumentGuards.OperationsHaveASummary(Subject).ShouldBeEmpty();
        DocumentGuards.OperationsHaveADescribedTag(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Operations_HaveDescribedAnswers() => DocumentGuards.AnswersAreDescribed(Subject).ShouldBeEmpty();

    [Test]
    public void Parameters_AreDescribed_AndCamelCase()
    {
        DocumentGuards.ParametersAreDescribed(Subject).ShouldBeEmpty();
        DocumentGuards.ParametersAreInCamelCase(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Bodies_HaveAnExample() => DocumentGuards.BodiesHaveAnExample(Subject).ShouldBeEmpty();

    [Test]
    public void Examples_FitTheirSchemas() => DocumentGuards.ExamplesFitTheirSchemas(Subject).ShouldBeEmpty();

    [Test]
    public void Errors_AreProblemDocuments_WithADefault()
    {
        DocumentGuards.OperationsHaveADefaultAnswer(Subject).ShouldBeEmpty();
        DocumentGuards.ErrorsAreProblemDocuments(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Errors_FollowFromWhatAnOperationNeeds() => DocumentGuards.ErrorsFollowFromNeeds(Subject).ShouldBeEmpty();

    [Test]
    public void AdminOperations_NeedAPermission() => DocumentGuards.AdminOperationsNeedAPermission(Subject).ShouldBeEmpty();

    [Test]
    public void Answers_NameTheirHeaders() => DocumentGuards.AnswersNameTheirHeaders(Subject).ShouldBeEmpty();

    [Test]
    public void Content_IsAbsent_From204() => DocumentGuards.NoContentHasNoContent(Subject).ShouldBeEmpty();

    [Test]
    public void Schemas_AreClosed_AndEnumsAreStrings()
    {
        DocumentGuards.SchemasAreClosed(Subject).ShouldBeEmpty();
        DocumentGuards.EnumsAreCamelCaseTexts(Subject).ShouldBeEmpty();
    }

    [Test]
    public void Schemas_SayNothingThatGeneratorsStumbleOver() => DocumentGuards.SchemasSuitGenerators(Subject).ShouldBeEmpty();
}
