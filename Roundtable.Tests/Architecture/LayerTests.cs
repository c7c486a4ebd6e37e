using System.Reflection;
using System.Xml.Linq;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>References point inward only.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Domain = typeof(Roundtable.Domain.Users.User).Assembly;
    private static readonly Assembly Application = typeof(Roundtable.Application.DependencyInjection).Assembly;
    private static readonly Assembly Infrastructure = typeof(Roundtable.Infrastructure.DependencyInjection).Assembly;

    [Test]
    public void Domain_RefersToTheRuntimeAlone() =>
        Assert.That(References(Domain).Where(r => !IsRuntime(r)), Is.Empty);

    [Test]
    public void Application_RefersToDomainAutoMapperAndTheirAbstractions() => Assert.That(
        References(Application).Where(r => !IsRuntime(r)),
        Is.SubsetOf(new[]
        {
            "Roundtable.Domain", "AutoMapper", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        }));

    [Test]
    public void Infrastructure_DoesNotKnowTheApi() => Assert.That(References(Infrastructure), Has.None.StartsWith("Roundtable.Api"));

    [TestCase("Roundtable.Domain")]
    [TestCase("Roundtable.Application", "Roundtable.Domain")]
    [TestCase("Roundtable.Infrastructure", "Roundtable.Application", "Roundtable.Domain")]
    [TestCase("Roundtable.Api", "Roundtable.Application", "Roundtable.Infrastructure")]
    public void Project_RefersInward(string project, params string[] allowed) =>
        Assert.That(Items(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))), Is.SubsetOf(allowed.Prepend("Microsoft.SqlServer.Server")));

    [Test]
    public void Domain_HasNoPackages() => Assert.That(Items("Roundtable.Domain", "PackageReference").Concat(Items("Roundtable.Domain", "FrameworkReference")), Is.Empty);

    [Test]
    public void Application_HasAutoMapperAlone() =>
        Assert.That(Items("Roundtable.Application", "PackageReference").Concat(Items("Roundtable.Application", "FrameworkReference")), Is.EqualTo(new[] { "AutoMapper" }));

    // A controller that reads the database itself would pass by the rules that stand in the services.
    [Test]
    public void Controllers_DoNotTouchTheDatabase()
    {
        var guilty = Api.Controllers().SelectMany(c => c.GetConstructors()).SelectMany(c => c.GetParameters())
            .Where(p => p.ParameterType.Assembly == Infrastructure || p.ParameterType.Name.EndsWith("Repository", StringComparison.Ordinal))
            .Select(p => $"{p.Member.DeclaringType!.Name}: {p.ParameterType.Name}");
        Assert.That(guilty, Is.Empty);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(r => r.Name!);

    private static bool IsRuntime(string name) => name is "netstandard" or "mscorlib" || name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static IEnumerable<string> Items(string project, string kind) => XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj"))
        .Descendants(kind)
        .Select(i => (string)i.Attribute("Include")!);
}
