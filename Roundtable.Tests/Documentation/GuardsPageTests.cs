using System.Text;
using System.Text.RegularExpressions;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Guards.Specimens;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Documentation;

/// <summary>docs/guards.md, out of the guards and what they say of specimens.</summary>
public sealed partial class GuardsPageTests
{
    private const string Start = """
        # Guards

        What tests say when code keeps to no pattern, so that nobody has to know them all beforehand. Each guard is a function of `Roundtable.Tests/Guards`, applied to the product by the test beside it, and
        shown to notice by a specimen of `Roundtable.Tests/Guards/Specimens` that breaks this rule and no other: what stands here is said of that. Made by a test, which fails when this page is stale.

        """;

    [Test]
    public async Task Page_IsWhatTheGuardsSay()
    {
        var document = await ServedDocument.FetchAsync();
        var said = Specimen.All().GroupBy(s => s.Guard.Name).ToDictionary(g => g.Key, g => g.First());
        var text = new StringBuilder(Start);
        foreach (var family in Guard.All.GroupBy(g => g.Check.Method.DeclaringType!).OrderBy(f => f.Key.Name, StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(family.Key.Name).Append("\n\n").Append(OptionsComments.Summary(family.Key)).Append("\n\n| guard | applied by | says |\n|---|---|---|\n");
            foreach (var guard in family)
            {
                var sentence = guard.Check(said[guard.Name].Make(document)).First().Split('\n')[0];
                text.Append("| `").Append(guard.Check.Method.Name).Append("` | ").Append(string.Join(", ", AppliedBy(guard).Select(t => $"`{t}`"))).Append(" | `` ").Append(sentence).Append(" `` |\n");
            }
        }

        GeneratedPage.ShouldBe("docs/guards.md", text.ToString().ReplaceLineEndings("\n"));
    }

    private static IEnumerable<string> AppliedBy(Guard guard) =>
        (from file in Product.Tests.Sources
         where !file.Path.Contains("/Guards/", StringComparison.Ordinal)
         from use in Regex.Matches(file.Text, $@"\b{Regex.Escape(guard.Name)}\(")
         let test = Test().Matches(file.Text[..use.Index]).LastOrDefault()
         where test is not null
         select $"{file.Name[..^3]}.{test.Groups["name"].Value}").Distinct();

    [GeneratedRegex(@"\[Test(CaseSource)?[\](][^\n]*\n\s+public [\w<>]+( [\w<>]+)? (?<name>\w+)\(|public (async )?(void|Task) (?<name>\w+)\(")]
    private static partial Regex Test();
}
