using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>Field errors carry codes that programs can translate.</summary>
public sealed partial class FieldReasonTests
{
    [Test]
    public void Codes_HaveADashboardText()
    {
        var codes = Product.Sources.Sources.SelectMany(f => Code().Matches(f.Text)).Select(m => m.Groups["code"].Value).ToHashSet();
        var texts = DashboardText()
            .Matches(File.ReadAllText(Repository.PathOf("dashboard", "src", "i18n", "en.ts")))
            .Select(m => m.Groups["code"].Value);
        Assert.That(
            codes,
            Has.Count.GreaterThan(35).And.EquivalentTo(texts.ToHashSet()),
            "Each code of a FieldError needs \"reason.CODE\" in dashboard/src/i18n/en.ts and de.ts, and each text a code."
        );
    }

    // Without a code of their own, and so "invalid" to programs.
    [Test]
    public void Rules_HaveACode()
    {
        Type[] coded =
        [
            typeof(StringLengthAttribute),
            typeof(System.ComponentModel.DataAnnotations.RangeAttribute),
            typeof(MaxLengthAttribute),
        ];
        var uncoded =
            from type in Product.Types.Types.Where(t => t.Assembly == typeof(Program).Assembly)
            from member in type.GetMembers().Concat<ICustomAttributeProvider>(type.GetMethods().SelectMany(m => m.GetParameters()))
            from rule in member.GetCustomAttributes(typeof(ValidationAttribute), true)
            where rule.GetType().Assembly != type.Assembly && !coded.Contains(rule.GetType())
            select $"{type.Name}: {rule.GetType().Name}";
        Assert.That(uncoded, Is.Empty);
        Assert.That(
            Product.Sources.Sources.Where(f => f.Text.Contains("new ValidationResult(", StringComparison.Ordinal)).Select(f => f.Path),
            Is.Empty
        );
    }

    [Test]
    public async Task ValidationErrors_ContainCodesBesideMessages()
    {
        using var user = await TestApp.Current.NewUserAsync();
        var answer = (await user.PatchAsync("/users/me", new { name = new string('n', 101), locale = "Klingon" })).ShouldFail(
            400,
            "validation_failed"
        );
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

    // The places where a FieldError is created; \x22 is a quotation mark.
    [GeneratedRegex(
        @"(FieldError\(|FieldValidationResult\(new\(|ImportProblem\(\s*new\(|FieldError \w+(\([^)]*\))? =>?\s*new\("
            + @"|Text(Length|Pattern)\([^\n]*?, )\s*\x22(?<code>[a-z_]+)\x22"
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"\x22reason\.(?<code>[a-z_]+)(\.max)?\x22:")]
    private static partial Regex DashboardText();
}
