using System.Runtime.CompilerServices;
using Roundtable.Api.Startup;
using Roundtable.Application.Profiles;

namespace Roundtable.Tests.Profiles;

/// <summary>Errors in an installation's profile fields that stop the start: each names its key.</summary>
public sealed class ProfileSettingsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("Company", _ => { }, "");
        yield return Case("birth day", _ => { }, "");
        yield return Case("9lives", _ => { }, "");
        yield return Case("x23456789012345678901234567890123", _ => { }, "");
        yield return Case("company", f => f.Type = (ProfileFieldType)9, ":Type");
        yield return Case("company", f => f.WritableBy = (ProfileFieldWriter)9, ":WritableBy");
        yield return Case("company", f => f.VisibleTo = (ProfileFieldViewer)9, ":VisibleTo");
        yield return Case("company", f => f.MaxLength = 0, ":MaxLength");
        yield return Case("company", f => f.MaxLength = 1001, ":MaxLength");
        yield return Case("company", f => f.Pattern = "(", ":Pattern");
        yield return Case("company", f => f.Pattern = @"(.)\1", ":Pattern");
        yield return Case("company", f => f.Pattern = "(?=a)", ":Pattern");
        yield return Case("company", f => f.Min = 1, ":Min");
        yield return Case("company", f => f.Max = 1, ":Max");
        yield return Case("company", f => f.Choices.Add("a"), ":Choices");
        yield return Case("company", f => f.Label = " ", ":Label");
        yield return Case("company", f => f.Label = "a\nb", ":Label");
        yield return Case("company", f => f.Labels["german"] = "Firma", ":Labels:german");
        yield return Case("company", f => f.Labels["de"] = "", ":Labels:de");
        yield return Case("score", f => (f.Type, f.Min, f.Max) = (ProfileFieldType.Number, 2, 1), ":Min");
        yield return Case("score", f => (f.Type, f.MaxLength) = (ProfileFieldType.Number, 5), ":MaxLength");
        yield return Case("birthday", f => (f.Type, f.Pattern) = (ProfileFieldType.Date, "x"), ":Pattern");
        yield return Case("plan", f => f.Type = ProfileFieldType.Choice, ":Choices");
        yield return Case("plan", f => Choose(f, "free", " "), ":Choices:1");
        yield return Case("plan", f => Choose(f, "free", "pro", "free"), ":Choices:2");
        yield return Case("plan", f => Choose(f, [.. Enumerable.Range(0, 101).Select(i => $"c{i}")]), ":Choices");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Check_ReportsTheKey_WhenAFieldIsInvalid(string name, Action<ProfileFieldOptions> configure, string below)
    {
        var problems = ProfileSettingsRules.Check(Profile((name, configure))).ToList();
        Assert.That(problems.Select(p => p.Key).Distinct(), Is.EqualTo(new[] { $"Profile:Fields:{name}{below}" }));
        Assert.That(problems.Select(p => p.ToString()), Has.All.Match(@"^Profile:Fields:.+ (must|is|may) .+[^.]\.$"));
    }

    [Test]
    public void Check_ReportsTheTotalSize_WhenItIsTooLarge()
    {
        var many = Profile([.. Enumerable.Range(0, 33).Select(i => ($"f{i}", (Action<ProfileFieldOptions>)(f => f.MaxLength = 1)))]);
        var large = Profile([.. Enumerable.Range(0, 5).Select(i => ($"f{i}", (Action<ProfileFieldOptions>)(f => f.MaxLength = 1000)))]);
        Assert.That(ProfileSettingsRules.Check(many).Single().ToString(), Is.EqualTo("Profile:Fields may hold 32 fields at the most."));
        Assert.That(
            ProfileSettingsRules.Check(large).Single().ToString(),
            Does.StartWith("Profile:Fields may hold 4000 characters at the most, all fields together")
        );
    }

    // In the stored JSON, quotes take two characters and others up to six.
    [TestCase('"')]
    [TestCase('\uE000')]
    [TestCase('界')]
    public void Merge_FitsTheColumn_WhenEveryFieldHasMaximumLength(char character)
    {
        var profile = Profile([.. Enumerable.Range(0, 4).Select(i => ($"f{i}", (Action<ProfileFieldOptions>)(f => f.MaxLength = 1000)))]);
        Assert.That(ProfileSettingsRules.Check(profile), Is.Empty);
        var fields = new ProfileFields(Microsoft.Extensions.Options.Options.Create(profile));
        var full = fields.All.ToDictionary(f => f.Name, _ => new ProfileValue(new string(character, 1000)));
        var former = StoredExtra.Write(new Dictionary<string, ProfileValue> { ["former"] = new(new string(character, 40_000)) });
        Assert.That(fields.Problems(full, ProfileFieldWriter.User), Is.Empty);
        Assert.That(StoredExtra.Read(fields.Merge(former, full)), Is.EquivalentTo(full), "values of removed fields are dropped");
        Assert.That(fields.Merge(null, full)!, Has.Length.LessThanOrEqualTo(Roundtable.Domain.Users.UserProfile.ExtraMaxLength));
    }

    private static TestCaseData Case(
        string name,
        Action<ProfileFieldOptions> configure,
        string below,
        [CallerArgumentExpression(nameof(configure))] string? how = null
    ) => new TestCaseData(name, configure, below).SetArgDisplayNames(name, how!);

    private static void Choose(ProfileFieldOptions field, params string[] choices)
    {
        field.Type = ProfileFieldType.Choice;
        choices.ToList().ForEach(field.Choices.Add);
    }

    private static ProfileOptions Profile(params (string Name, Action<ProfileFieldOptions> Configure)[] fields)
    {
        var profile = new ProfileOptions();
        foreach (var (name, configure) in fields)
        {
            var field = new ProfileFieldOptions();
            configure(field);
            profile.Fields.Add(name, field);
        }

        return profile;
    }
}
