using System.Text.RegularExpressions;
using Roundtable.Application.Common;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>Whatever a field is refused with has a reason that programs can word in their own language.</summary>
public sealed partial class FieldReasonTests
{
    // Here every sentence is one about a value, as it is in the rules of every feature of the application.
    private static readonly string[] Rules = ["ProfileField.cs", "ProfileFields.cs", "PasswordRules.cs", "ImportFields.cs", "CsvRows.cs", "NdjsonRows.cs"];

    [Test]
    public void Sentences_HaveAReason()
    {
        var sentences = Repository.ProductFiles().SelectMany(Sentences).Distinct().ToList();
        Assert.That(sentences, Has.Count.GreaterThan(40));
        Assert.That(sentences.Where(s => !FieldReasons.Knows(s)), Is.Empty);
    }

    [Test]
    public async Task Refusals_CarryTheReasonsBesideTheSentences()
    {
        using var user = await TestApp.Current.NewUserAsync();
        var answer = (await user.PatchAsync("/users/me", new { name = new string('n', 101), locale = "Klingon" })).ShouldFail(400, "validation_failed");
        var reasons = answer.Json["reasons"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)reasons["name"]![0]!["code"], Is.EqualTo("too_long"), answer.Text);
            Assert.That((int?)reasons["name"]![0]!["max"], Is.EqualTo(100));
            Assert.That((string?)reasons["locale"]![0]!["code"], Is.EqualTo("not_a_locale"));
            Assert.That(reasons.AsObject().Select(r => r.Key), Is.EquivalentTo(answer.Json["errors"]!.AsObject().Select(e => e.Key)));
        });
        Assert.That((await user.GetAsync("/nowhere")).Json["reasons"], Is.Null);
    }

    private static IEnumerable<string> Sentences(string file)
    {
        var text = File.ReadAllText(file);
        var found = Refusal().Matches(text).Select(m => m.Groups["text"].Value);
        if (Rules.Contains(Path.GetFileName(file)) || (file.EndsWith("Rules.cs", StringComparison.Ordinal) && file.StartsWith(Repository.PathOf("Roundtable.Application"), StringComparison.Ordinal)))
        {
            found = found.Concat(Sentence().Matches(text).Select(m => m.Groups["text"].Value));
        }

        return found.Select(s => FieldName().Replace(Placeholder().Replace(s, "1"), ""));
    }

    [GeneratedRegex("""(ErrorMessage = |new ValidationResult\(|AddModelError\([^,()]+, |Errors\.Invalid\([^,()]+, )\$?"(?<text>[^"]+)"(?!\s*\+)""")]
    private static partial Regex Refusal();

    [GeneratedRegex("""(?<=[?:(, ]|=> |return )\$?"(?<text>([a-zA-Z]+: )?[A-Z][^"]*\.)"(?=[;,)\s])""")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{([^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[a-z][A-Za-z]*: ")]
    private static partial Regex FieldName();
}
