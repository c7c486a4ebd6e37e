using System.Text.RegularExpressions;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Code that pages show stands in the source, and what they name is there.</summary>
public sealed partial class SourceReferenceTests
{
    private static readonly Lazy<HashSet<string>> Words = new(() => [.. Product.Sources.Sources.Concat(Product.Tests.Sources).SelectMany(f => Word().Matches(f.Text).Select(m => m.Value))]);

    private static readonly Lazy<HashSet<string>> Tests = new(() =>
    [
        .. from type in typeof(SourceReferenceTests).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.IsDefined(typeof(TestAttribute), false) || method.IsDefined(typeof(TestCaseAttribute), false) || method.IsDefined(typeof(TestCaseSourceAttribute), false)
           from name in (string[])[type.Name, $"{type.Name}.{method.Name}"]
           select name,
    ]);

    [Test]
    public void Code_IsTheSources()
    {
        var blocks = Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "csharp").ToList();
        Assert.That(blocks, Has.Count.GreaterThan(10));
        Assert.That(string.Join('\n', blocks.Select(Fault).OfType<string>()), Is.Empty);
    }

    [Test]
    public void Files_AreThere()
    {
        var missing = from page in Page.All
                      from code in page.Codes
                      where FilePath().IsMatch(code.Text) && !code.Text.Contains("App_Data", StringComparison.Ordinal) && !File.Exists(Repository.PathOf(code.Text)) && !Directory.Exists(Repository.PathOf(code.Text))
                      select $"{page.Path}:{code.Line} names {code.Text}, which is not there.";
        Assert.That(string.Join('\n', missing), Is.Empty);
    }

    [Test]
    public void Tests_AreThere()
    {
        var named = Page.All.SelectMany(p => p.Codes.Where(c => TestName().IsMatch(c.Text)).Select(c => (Place: $"{p.Path}:{c.Line}", c.Text))).ToList();
        Assert.That(named, Has.Count.GreaterThan(40));
        Assert.That(string.Join('\n', named.Where(n => !Tests.Value.Contains(n.Text) && !IsOfTheTemplate(n.Place, n.Text)).Select(n => $"{n.Place} names the test {n.Text}, which is not there.")), Is.Empty);
    }

    // On the pages about the code; elsewhere a word in capitals can be anything.
    [Test]
    public void Names_AreThere()
    {
        var missing = from page in (Page[])[Page.Of("docs/patterns.md"), Page.Of("docs/guards.md"), Page.Of("docs/concepts.md"), Page.Of("CONTRIBUTING.md")]
                      from code in page.Codes
                      where CodeName().IsMatch(code.Text)
                      from word in Word().Matches(code.Text).Select(m => m.Value)
                      where !Words.Value.Contains(word) && !Words.Value.Contains($"{word}Attribute")
                      select $"{page.Path}:{code.Line} names {code.Text}, and nothing in the source is called {word}.";
        Assert.That(string.Join('\n', missing), Is.Empty);
    }

    // Where a threat is met, as "P `Accounts/Lockdown`, `AddressMover`": a file or a folder of that layer.
    [Test]
    public void Threats_AreMetWhereThePageSays()
    {
        var layers = new Dictionary<string, string> { ["A"] = "Roundtable.Api", ["P"] = "Roundtable.Application", ["I"] = "Roundtable.Infrastructure", ["D"] = "Roundtable.Domain" };
        var rows = Page.Of("docs/security.md").Prose.Where(p => Regex.IsMatch(p.Text, @"^\| \d+ \|")).ToList();
        Assert.That(rows, Has.Count.GreaterThanOrEqualTo(30));
        var missing = from row in rows
                      from place in Where().Matches(row.Text.Split('|')[4])
                      let layer = layers[place.Groups["layer"].Value]
                      from name in CodeIn().Matches(place.Groups["names"].Value).Select(m => m.Groups["name"].Value.Split('/')[^1].Split('.')[0])
                      where !Product.Sources.Sources.Any(f => f.Path.StartsWith($"{layer}/", StringComparison.Ordinal) && (f.Name == $"{name}.cs" || f.Path.Contains($"/{name}/", StringComparison.Ordinal)))
                      select $"docs/security.md:{row.Line} says {name} of {layer}, which is not there.";
        Assert.That(string.Join('\n', missing), Is.Empty);
    }

    // The guide to features speaks of what the template will have made; FeatureTemplateTests look at that.
    private static bool IsOfTheTemplate(string place, string name) => place.StartsWith("docs/adding-a-feature.md:", StringComparison.Ordinal) && name.Contains("Project", StringComparison.Ordinal);

    private static string? Fault(Block block)
    {
        if (block.Notes.TryGetValue("tried by", out var test))
        {
            return Tests.Value.Contains(test) ? null : $"{block.Place} is said to be tried by {test}, which is not there.";
        }

        if (!block.Notes.TryGetValue("file", out var reference) || reference.Split('#') is not [var path, var anchor])
        {
            return $"{block.Place} shows code and does not say where it stands: put '<!-- file: path#name -->' above it, or '<!-- tried by: SomeTests.Test -->'.";
        }

        if (!File.Exists(Repository.PathOf(path)))
        {
            return $"{block.Place} is of {path}, which is not there.";
        }

        var source = File.ReadAllText(Repository.PathOf(path));
        return !Regex.IsMatch(source, $@"\b{Regex.Escape(anchor)}\b") ? $"{block.Place} is of {anchor}, which {path} does not have."
            : !Normal(source).Contains(Normal(block.Text), StringComparison.Ordinal) ? $"{block.Place} is not as it stands in {path}: copy it anew."
            : null;
    }

    private static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^(Roundtable\.[A-Z][a-z]+|docs|client|dashboard|bench|templates)/[\w./-]*$|^[A-Z][\w.]+\.(props|md|targets|sln)$")]
    private static partial Regex FilePath();

    [GeneratedRegex(@"^[A-Z]\w+Tests(\.(?!cs$)\w+)?$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\[?[A-Z]\w*[a-z]\w*(\.[A-Z]\w*)*(<T>)?(\(\w*\))?\]?$")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"\b(?<layer>[APID]) (?<names>`[^`]+`(, `[^`]+`)*)")]
    private static partial Regex Where();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex CodeIn();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
