using System.Text.Json;
using System.Text.RegularExpressions;
using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Documentation;

/// <summary>Settings are documented as they are, and pages mention only existing ones.</summary>
public sealed class ConfigurationPageTests
{
    // The framework's sections, and settings without options classes.
    private static readonly string[] Others = ["ConnectionStrings:Roundtable", "AutoMapper:LicenseKey", "Serilog:", "Kestrel:", "Logging:"];

    private static readonly Lazy<HashSet<string>> Known = new(() =>
        [
            .. from options in CodeGuards.Options(Product.Types)
            from key in ConfigurationPage.Keys(CodeGuards.SectionOf(options), options)
            let parts = key.Split(':')
            from length in Enumerable.Range(1, parts.Length)
            select string.Join(':', parts.Take(length)),
        ]
    );

    private static readonly Lazy<Regex> Form = new(() =>
    {
        var forms = Known.Value.Select(k =>
            k.Replace(":NAME", ":[^:]+", StringComparison.Ordinal).Replace(":n", @":(n|\d+)", StringComparison.Ordinal)
        );
        return new Regex($"^({string.Join('|', forms)})$");
    });

    // A section, then names, in either notation.
    private static readonly Lazy<Regex> Setting = new(() =>
    {
        var sections = CodeGuards.Options(Product.Types).Select(CodeGuards.SectionOf).Concat(Others).Select(s => s.Split(':')[0]);
        return new Regex($@"\b({string.Join('|', sections.Distinct())})((:|__)([A-Z][A-Za-z]*|n|\d+)\b)+");
    });

    [Test]
    public void Page_IsUpToDate() => GeneratedPage.ShouldBe(ConfigurationPage.Path, ConfigurationPage.Make());

    [Test]
    public void SettingsNamedInPages_Exist()
    {
        var named = (
            from page in Page.All
            from text in page.Codes.Select(c => (c.Text, c.Line)).Concat(page.Blocks.Select(b => (b.Text, b.Line)))
            from match in Setting.Value.Matches(text.Text)
            select (Place: $"{page.Path}:{text.Line}", Key: match.Value.Replace("__", ":", StringComparison.Ordinal))
        ).ToList();
        Assert.That(named, Has.Count.GreaterThan(60));
        Assert.That(
            string.Join(
                '\n',
                named.Where(n => !IsKnown(n.Key)).Select(n => $"{n.Place} names the setting {n.Key}, which is not there.").Distinct()
            ),
            Is.Empty
        );
    }

    [Test]
    public void SettingsInExampleFiles_Exist()
    {
        var blocks = Page.All.SelectMany(p => p.Blocks).Where(b => b.Notes.ContainsKey("settings")).ToList();
        Assert.That(blocks, Is.Not.Empty);
        var unknown = blocks.SelectMany(b =>
            Flatten(JsonDocument.Parse(b.Text).RootElement, "")
                .Where(k => !IsKnown(k))
                .Select(k => $"{b.Place} sets {k}, which is not there.")
        );
        Assert.That(string.Join('\n', unknown), Is.Empty);
    }

    private static IEnumerable<string> Flatten(JsonElement json, string path) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(m => Flatten(m.Value, $"{path}:{m.Name}")),
            JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => Flatten(item, $"{path}:{i}")),
            _ => [path.TrimStart(':')],
        };

    private static bool IsKnown(string key) =>
        Others.Any(o => key == o || (o.EndsWith(':') && key.StartsWith(o, StringComparison.Ordinal)))
        || Form.Value.IsMatch(key)
        || (key.EndsWith(":File", StringComparison.Ordinal) && Form.Value.IsMatch(key[..^5]));
}
