using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The audit log: sentences with names, filters, facts, new entries and files.</summary>
public sealed class AuditJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Entry_IsASentenceWithNames_AndOpensWithAllItsFacts()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail("grace"));
        var (actor, name, email) = (await NameAsync(admin), $"Grace {Guid.NewGuid():N}", await EmailAsync(user));
        (await admin.PatchAsync("/users/me", new { timeZone = "Asia/Tokyo" })).ShouldSucceed();
        (await admin.PatchAsync($"/admin/users/{user.UserId}", new { name })).ShouldSucceed();
        var ban = new { reason = "Spam", expiresAt = "2035-01-01T01:00:00Z" };
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", ban, ("X-Request-Id", user.UserId))).ShouldSucceed();

        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/audit?user={user.UserId}");
        await page.ShowsAsync($"{actor} changed the profile of {name}: Name");
        var row = Rows(page).Filter(new() { HasText = $"{actor} banned {name} until 1 Jan 2035, 10:00: Spam" });
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details: User banned, ") }).ClickAsync();
        var facts = page.GetByRole(AriaRole.Dialog, new() { Name = "Details" });
        foreach (var fact in (string[])["user.banned", email, "Firefox on Linux", "Reason", "1 Jan 2035, 10:00"])
        {
            await Expect(facts.GetByText(fact).First).ToBeVisibleAsync();
        }

        await Expect(facts.GetByRole(AriaRole.Region, new() { Name = "As the API has it" }))
            .ToContainTextAsync("\"action\": \"user.banned\"");
        await facts.GetByRole(AriaRole.Link, new() { Name = "Only this action" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/audit\\?action=user.banned$"));
        await Expect(facts).ToHaveCountAsync(0);
        await Rows(page).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();
        await page.ShowsHeadingAsync(name);

        (await admin.DeleteAsync($"/admin/users/{user.UserId}")).ShouldSucceed(204);
        var german = await Screen.OpenAsync(admin, "de-DE");
        await german.GotoAsync($"/admin/audit?subject={user.UserId}");
        await german.ShowsAsync($"{actor} hat das Konto von {email} gelöscht");
        await Expect(german.GetByText(new Regex($"{actor} hat Benutzer \\w+… \\(gelöscht\\) bis 01.01.2035, 10:00 gesperrt: Spam")))
            .ToBeVisibleAsync();
    }

    [Test]
    public async Task Filters_AreChosenInWords_KeptInTheAddress_AndDecideTheFile()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail("filtered"));
        var name = $"Filtered {Guid.NewGuid():N}";
        (await admin.PatchAsync($"/admin/users/{user.UserId}", new { name })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/audit");
        var person = page.GetByRole(AriaRole.Combobox, new() { Name = "Person", Exact = true });
        await person.FillAsync(name[..20]);
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = name }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"\\?user={user.UserId}$"));
        await Expect(person).ToHaveValueAsync(new Regex($"^{name} · "));
        await page.ShowsAsync($"{name} used a sign-in mail");

        await page.GetByLabel("Part of the person").SelectOptionAsync("did it");
        await Expect(page).ToHaveURLAsync(new Regex($"\\?actor={user.UserId}$"));
        await Expect(Rows(page).Filter(new() { HasText = "lifted the lock-out" })).ToHaveCountAsync(0);
        await page.GetByLabel("Part of the person").SelectOptionAsync("is concerned");
        var action = page.GetByRole(AriaRole.Combobox, new() { Name = "Action", Exact = true });
        await action.FillAsync("lock-out");
        await page.GetByRole(AriaRole.Option, new() { Name = "Lock-out lifted" }).ClickAsync();
        await page.GetByText("Last 7 days", new() { Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"\\?subject={user.UserId}&action=user.unlocked&period=7$"));
        await Expect(Rows(page)).ToHaveCountAsync(2);

        await page.ReloadAsync();
        await Expect(person).ToHaveValueAsync(new Regex($"^{name} · "));
        await Expect(action).ToHaveValueAsync("Lock-out lifted");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Last 7 days" })).ToBeCheckedAsync();
        await page.Button("Export").ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "NDJSON" }).ClickAsync());
        var lines = (await File.ReadAllLinesAsync(await file.PathAsync())).Where(l => l.Length > 0).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(file.SuggestedFilename, Is.EqualTo("audit-log.ndjson"));
            Assert.That(lines, Has.Count.EqualTo(1));
            Assert.That(lines[0], Does.Contain("user.unlocked").And.Contain(name));
        });

        await page.Button("Clear all").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/audit$"));
        await Expect(person).ToHaveValueAsync("");
        await person.FillAsync(new string('0', 32));
        await page.GetByRole(AriaRole.Option, new() { Name = $"Id {new string('0', 32)}" }).ClickAsync();
        await page.ShowsAsync("No entries");
    }

    [Test]
    public async Task NewEntries_Appear_WithoutMovingWhatIsRead()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/audit?user={user.UserId}");
        await page.ShowsAsync("used a sign-in mail");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Show new entries as they come" }).CheckAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);
        await page.ShowsAsync("lifted the lock-out of");

        await Rows(page).Filter(new() { HasText = "lifted the lock-out of" }).HoverAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        var waiting = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^[12] new entr(y|ies)$") });
        await Expect(waiting).ToBeVisibleAsync();
        await Expect(Rows(page).Filter(new() { HasText = "banned" })).ToHaveCountAsync(0);
        await waiting.ClickAsync();
        await Expect(Rows(page).Filter(new() { HasText = "banned" })).ToHaveCountAsync(1);
        await Expect(waiting).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Auditor_WhoMayNotListUsers_SeesNoNames()
    {
        using var auditor = await App.NewStaffAsync(Permissions.AuditRead);
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/unlock")).ShouldSucceed(204);
        var page = await Screen.OpenAsync(auditor);
        await page.GotoAsync($"/admin/audit?subject={user.UserId}&action=user.unlocked");
        await page.ShowsAsync($"{await EmailAsync(admin)} lifted the lock-out of User {user.UserId[..12]}…");
        await Expect(Rows(page).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Person", Exact = true })).ToHaveValueAsync(user.UserId);
    }

    /// <summary>Each action of the program has a sentence in both languages; a product's own may show their names.</summary>
    [TestCase("en")]
    [TestCase("de")]
    public void Actions_HaveSentences(string language)
    {
        var source = File.ReadAllText(Repository.PathOf("Roundtable.Application", "Audit", "AuditActions.cs"));
        var texts = File.ReadAllText(Repository.PathOf("dashboard", "src", "i18n", $"{language}.ts"));
        var actions = Regex.Matches(source, "const string \\w+ = \"(?<action>[^\"]+)\"").Select(m => m.Groups["action"].Value).ToList();
        var sentences = Regex
            .Matches(texts, "\"say\\.(?<action>[\\w.]+)\":\\s*(\"(?<text>[^\"]+)\"[\\s+]*)+")
            .ToDictionary(m => m.Groups["action"].Value, m => string.Concat(m.Groups["text"].Captures));
        Assert.Multiple(() =>
        {
            Assert.That(actions, Has.Count.GreaterThan(60));
            Assert.That(sentences.Keys, Is.EquivalentTo(actions.Append("other")));
            Assert.That(sentences.Values, Has.All.Matches<string>(s => !Regex.Replace(s, "\\[[^\\[\\]]*\\]", "").ContainsAny('[', ']')));
        });
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table, new() { Name = "Audit log" }).GetByRole(AriaRole.Row);

    private static async Task<string> NameAsync(Support.Browser person) => (string)(await person.GetAsync("/users/me")).Data["name"]!;

    private static async Task<string> EmailAsync(Support.Browser person) => (string)(await person.GetAsync("/users/me")).Data["email"]!;
}
