using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Guards.Specimens;
using Roundtable.Tests.OpenApi;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Guards;

/// <summary>
/// Who guards the guards: each notices a specimen that breaks its rule, says what to do, and stays silent where another rule is broken or none. A guard
/// without a specimen, or one that is not applied to the product, fails here.
/// </summary>
public sealed class GuardTests
{
    private ServedDocument document = null!;

    private static IEnumerable<TestCaseData> Specimens() => Specimen.All().Select(s => new TestCaseData(s).SetArgDisplayNames(s.ToString()));

    [OneTimeSetUp]
    public async Task Fetch() => document = await ServedDocument.FetchAsync();

    [TestCaseSource(nameof(Specimens))]
    public void Specimen_IsReportedByItsGuardAlone(object specimen) => ShouldBeReported((Specimen)specimen, ((Specimen)specimen).Make(document));

    [Test]
    public async Task Controllers_AreLookedAtInTheServedDocument()
    {
        var served = await ServeAsync(typeof(ParcelsController), typeof(UnsummarisedController));
        Assert.That(Reports(WellMade(served)), Is.Empty);
        ShouldBeReported(
            new Specimen(Guard.Of(DocumentGuards.OperationsHaveASummary), null!, "GET /api/v1/admin/parcels/{id} has no summary", "write '/// <summary>"),
            new Subject { Api = [typeof(UnsummarisedController)], Document = Only(served, "/api/v1/admin/parcels/{id}") });
    }

    [Test]
    public void Guards_HaveASpecimen()
    {
        var noticed = Specimen.All().Select(s => s.Guard.Name).ToHashSet();
        Assert.That(Guard.All.Select(g => g.Name).Where(g => !noticed.Contains(g)), Is.Empty, "Add one to Roundtable.Tests/Guards/Specimens that breaks this rule and no other");
    }

    [Test]
    public void Guards_AreAppliedToTheProduct()
    {
        var tests = Product.Tests.Sources.Where(f => !f.Path.Contains("/Guards/", StringComparison.Ordinal)).Select(f => f.Text).ToList();
        Assert.That(Guard.All.Select(g => g.Name).Where(g => !tests.Exists(t => t.Contains($"{g}(", StringComparison.Ordinal))), Is.Empty, "Apply it in a test: Guards.Rule(Product.Types).ShouldBeEmpty()");
    }

    private static void ShouldBeReported(Specimen specimen, Subject subject)
    {
        var reports = Reports(subject);
        Assert.That(reports.Select(r => r.Guard).Distinct(), Is.EqualTo(new[] { specimen.Guard.Name }), string.Join("\n", reports));
        Assert.That(reports, Has.Count.EqualTo(1));
        Assert.Multiple(() =>
        {
            Assert.That(reports[0].Sentence, Does.Contain(specimen.Fault));
            Assert.That(reports[0].Sentence, Does.Contain(specimen.Remedy), "what to do");
            Assert.That(reports[0].Sentence.Split('\n')[0], Does.EndWith("."));
        });
    }

    private static List<(string Guard, string Sentence)> Reports(Subject subject) => [.. Guard.All.SelectMany(g => g.Check(subject).Select(sentence => (g.Name, sentence)))];

    /// <summary>A feature through all layers, with nothing to find fault with.</summary>
    private static Subject WellMade(ServedDocument served) => ModelSpecimens.Explained("SELECT \"Id\" FROM \"Parcels\" WHERE \"SentAtUtc\" > '2026' ORDER BY \"SentAtUtc\", \"Id\" LIMIT 20") with
    {
        Domain = [typeof(Parcel), typeof(Owner)],
        Application = [typeof(IParcelRepository), typeof(ParcelData), typeof(ParcelService), typeof(ParcelErrors), typeof(ParcelOptions), typeof(ParcelSort)],
        Infrastructure = [typeof(ParcelRepository)],
        Api = [typeof(ParcelsController)],
        Registered = _ => true,
        Permissions = ["users:update"],
        Sources = [new SourceFile("Roundtable.Application/Parcels/ParcelRules.cs", "return \"The name must not be blank.\";")],
        Projects = [new Project("Roundtable.Infrastructure", ["Roundtable.Application"], ["MailKit"], ["MailKit", "Roundtable.Domain"])],
        Document = Only(served, "/api/v1/admin/parcels/{id}/send"),
        Tables = ModelSpecimens.Tables("well made"),
    };

    private static ServedDocument Only(ServedDocument served, string path)
    {
        var json = served.Json.DeepClone().AsObject();
        json["paths"] = new JsonObject { [path] = json["paths"]![path]!.DeepClone() };
        return new ServedDocument(json);
    }

    /// <summary>The document of an application that has these controllers besides its own.</summary>
    private static async Task<ServedDocument> ServeAsync(params Type[] controllers)
    {
        await using var app = TestApp.Start(s => s.AddScoped<ParcelService>().AddControllers().ConfigureApplicationPartManager(m => m.ApplicationParts.Add(new Types(controllers))));
        using var browser = app.NewBrowser();
        return new ServedDocument((await browser.RawAsync(HttpMethod.Get, "/openapi/v1.json")).ShouldSucceed().Json.AsObject());
    }

    private sealed class Types(Type[] types) : ApplicationPart, IApplicationPartTypeProvider
    {
        public override string Name => "Specimens";

        IEnumerable<TypeInfo> IApplicationPartTypeProvider.Types => types.Select(t => t.GetTypeInfo());
    }
}
