using System.Text.RegularExpressions;
using System.Xml.Linq;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>The pictures and the table of docs/architecture.md match the code.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));

    [Test]
    public void ProjectReferences_MatchTheDiagram()
    {
        string[] projects = ["Roundtable.Domain", "Roundtable.Application", "Roundtable.Infrastructure", "Roundtable.Api"];
        var references =
            from project in projects
            from reference in XDocument.Load(Repository.PathOf(project, $"{project}.csproj")).Descendants("ProjectReference")
            select $"{project} --> {Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)}";
        Assert.That(Arrow().Matches(Text).Select(m => m.Value), Is.EquivalentTo(references));
    }

    [Test]
    public void Participants_AreExistingTypes()
    {
        var types = Product.Types.Types.Select(t => t.Name).Append("Browser").ToHashSet(StringComparer.Ordinal);
        var participants = Participant().Matches(Text).Select(m => m.Groups["name"].Value).ToList();
        Assert.That(participants, Has.Count.GreaterThan(5).And.SubsetOf(types));
    }

    [Test]
    public void Files_Exist()
    {
        var files = CodePath().Matches(Text).Select(m => m.Groups["path"].Value).Distinct().ToList();
        Assert.That(files, Has.Count.GreaterThan(5));
        Assert.That(files.Where(f => !Path.Exists(Repository.PathOf(f.Split('/')))), Is.Empty);
    }

    [GeneratedRegex(@"Roundtable\.\w+ --> Roundtable\.\w+")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"participant (?<name>\w+)")]
    private static partial Regex Participant();

    [GeneratedRegex(@"`(?<path>Roundtable\.[\w.]+/[\w./]+)`")]
    private static partial Regex CodePath();
}
