using System.Reflection;
using System.Text.RegularExpressions;
using Roundtable.Application.Email;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Dashboard;

/// <summary>What the API has names for, the dashboard has words for, in each language.</summary>
public sealed partial class WordTests
{
    private static readonly string[] Languages = ["en", "de"];

    private static readonly string[] Templates =
    [
        .. typeof(MailTemplates)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral)
            .Select(f => (string)f.GetRawConstantValue()!),
    ];

    [TestCaseSource(nameof(Languages))]
    public void Permissions_HaveADescription_APhrase_AndATopic(string language)
    {
        var texts = TextsOf(language);
        var wanted = Permissions.All.SelectMany(p => (string[])[$"permission.{p}", $"can.{p}", $"{p.Split(':')[0]}.title"]);
        Assert.That(wanted.Except(texts), Is.Empty, "Each permission needs words in the dashboard's catalogue.");
        var phrases = texts.Where(t => t.StartsWith("can.", StringComparison.Ordinal)).Select(t => t["can.".Length..]);
        Assert.That(phrases.Except(Permissions.All), Is.Empty, "There is no such permission.");
    }

    [TestCaseSource(nameof(Languages))]
    public void PowerfulPermissions_Exist_AndHaveAWarning(string language)
    {
        var powerful = PermissionName()
            .Matches(File.ReadAllText(Repository.PathOf("dashboard", "src", "shared", "lib", "permissions.ts")))
            .Select(m => m.Groups["name"].Value)
            .ToHashSet();
        Assert.That(powerful, Is.Not.Empty.And.SubsetOf(Permissions.All));
        Assert.That(
            TextsOf(language).Where(t => t.StartsWith("power.", StringComparison.Ordinal)),
            Is.EquivalentTo(powerful.Select(p => $"power.{p}"))
        );
    }

    [TestCaseSource(nameof(Languages))]
    public void Mails_HaveANameAndAReason(string language) =>
        Assert.That(Templates.SelectMany(t => (string[])[$"mail.{t}", $"mailWhy.{t}"]).Except(TextsOf(language)), Is.Empty);

    private static HashSet<string> TextsOf(string language) =>
        [
            .. Key()
                .Matches(File.ReadAllText(Repository.PathOf("dashboard", "src", "i18n", $"{language}.ts")))
                .Select(m => m.Groups["key"].Value),
        ];

    [GeneratedRegex("^  \"(?<key>[^\"]+)\":", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex("^  \"(?<name>[^\"]+)\",", RegexOptions.Multiline)]
    private static partial Regex PermissionName();
}
