using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What forms and lists of the administration accept, hide and say.</summary>
public sealed partial class AdminFormJourneyTests
{
    private const string LastAdmin = """
        {"status":409,"code":"last_admin","detail":"There must be an admin who can sign in. Make another user an admin first."}
        """;

    private static TestApp App => Screen.App;

    [Test]
    public async Task BlanksAroundNamesAndAddresses_AreDropped()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/webhooks");
        await page.Button("New web-hook").ClickAsync();
        await page.OpenDialog().Field("Address").FillAsync("  http://127.0.0.1:1/pasted ");
        await page.OpenDialog().Field("Description (optional)").FillAsync("  Pasted  ");
        var sent = await page.RunAndWaitForRequestAsync(
            () => page.OpenDialog().Button("Add").ClickAsync(),
            r => r.Method == "POST" && r.Url.EndsWith("/admin/webhooks", StringComparison.Ordinal)
        );
        Assert.That(sent.PostData, Does.Contain("\"http://127.0.0.1:1/pasted\"").And.Contain("\"Pasted\""));
        await page.Button("I have kept it").ClickAsync();
        await page.ShowsHeadingAsync("Pasted");
        (await admin.DeleteAsync($"/admin/webhooks/{page.Url.Split('/')[^1]}")).ShouldSucceed(204);

        var email = TestApp.NewEmail("pasted");
        await page.GotoAsync("/admin/users?dialog=create");
        await page.OpenDialog().Field("E-mail").FillAsync(email);
        await page.OpenDialog().Field("Name").FillAsync("  Grace Hopper  ");
        await page.OpenDialog().Button("Create").ClickAsync();
        await page.ShowsHeadingAsync("Grace Hopper");
        var found = (await admin.GetAsync($"/admin/users?search={email}")).ShouldSucceed().Items.Single();
        Assert.That((string?)found["name"], Is.EqualTo("Grace Hopper"));
    }

    [Test]
    public async Task BlanksAlone_AreNothing_WhereATextIsOptional()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/service-accounts");
        await page.Button("New service account").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("Blank purpose");
        await page.OpenDialog().Field("Contact address").FillAsync("ops@example.com");
        await page.OpenDialog().Field("Purpose (optional)").FillAsync("   ");
        await page.OpenDialog().Button("Create").ClickAsync();
        await page.ShowsHeadingAsync("Blank purpose");

        using var user = await App.NewUserAsync();
        var own = await Screen.OpenAsync(user);
        await own.GotoAsync("/account/profile");
        await own.Field("Company").FillAsync("  Acme  ");
        await own.Field("Biography").FillAsync("   ");
        var sent = await own.RunAndWaitForRequestAsync(() => own.Button("Save").ClickAsync(), r => r.Method == "PATCH");
        Assert.That(sent.PostData, Is.EqualTo("""{"extra":{"company":"Acme"}}"""));
    }

    [Test]
    public async Task Undo_TakesNothingBack_ThatOthersSaved()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        foreach (var (who, path) in new[] { (user, "/account/profile"), (admin, $"/admin/users/{user.UserId}?tab=profile") })
        {
            var page = await Screen.OpenAsync(who);
            await page.GotoAsync(path);
            await page.Field("Biography").FillAsync("Countess");
            await page.Button("Save").First.ClickAsync();
            await Expect(page.Button("Undo")).ToBeVisibleAsync();
            (await admin.PatchAsync($"/admin/users/{user.UserId}", new { bio = "Mathematician" })).ShouldSucceed();
            await page.Button("Undo").ClickAsync();
            await page.ShowsAsync("This is not undone, because it was changed again since.");
            await Expect(page.Button("Undo")).Not.ToBeVisibleAsync();
            Assert.That((string?)(await user.GetAsync("/users/me")).Data["profile"]!["bio"], Is.EqualTo("Mathematician"));
        }
    }

    [Test]
    public async Task Actions_AreAbsent_WithoutAPermissionForAny()
    {
        using var staff = await App.NewStaffAsync("users:list", "users:read");
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(staff);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await Expect(page.Section("Account")).ToBeVisibleAsync();
        await Expect(page.Button("Actions")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task InvalidInput_IsExplainedOnce_AndNotWhenAskedAnew()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().Field("Reason").FillAsync("   ");
        await page.OpenDialog().Button("Ban").ClickAsync();
        await Expect(page.OpenDialog().GetByText("This must not be blank.")).ToHaveCountAsync(1);
        await Expect(page.OpenDialog().GetByText("Please check what you entered.")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Leave without saving").ClickAsync();
        await page.Button("Ban").ClickAsync();
        await Expect(page.OpenDialog().Field("Reason")).ToBeFocusedAsync();
        await Expect(page.OpenDialog().GetByText("This must not be blank.")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Bulk_KeepsTheFailedOnesSelected()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("part").Split('@')[0];
        using var there = await App.SignInAsync($"a{name}@example.com");
        using var gone = await App.SignInAsync($"b{name}@example.com");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users?search={name}");
        await page.GetByLabel($"Select a{name}").CheckAsync();
        await page.GetByLabel($"Select b{name}").CheckAsync();
        (await admin.DeleteAsync($"/admin/users/{gone.UserId}")).ShouldSucceed(204);
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().Field("Reason").FillAsync("Spam");
        await page.OpenDialog().Button("Ban").ClickAsync();
        await page.ShowsAsync("Selected: 1");
        await page.ShowsAsync($"b{name}@example.com: That does not exist, or no longer.");
        await Expect(page.GetByLabel($"Select a{name}")).Not.ToBeCheckedAsync();
    }

    [Test]
    public async Task UserList_CountsFiltersOnly_AndIsAsHighAsItsRows()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("single").Split('@')[0];
        using var user = await App.SignInAsync($"{name}@example.com");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users?search={name}");
        await page.ShowsAsync("1 user");
        await Expect(page.Button("Filters")).ToBeVisibleAsync();
        await Expect(page.Button("Clear all")).ToBeVisibleAsync();
        var table = page.GetByRole(AriaRole.Grid, new() { Name = "Users" });
        var row = table.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        var (frame, last) = (await table.BoundingBoxAsync(), await row.BoundingBoxAsync());
        Assert.Multiple(() =>
        {
            Assert.That(last!.Y + last.Height, Is.EqualTo(frame!.Y + frame.Height).Within(3));
            Assert.That(last.X + last.Width, Is.EqualTo(frame.X + frame.Width).Within(3));
        });
    }

    [Test]
    public async Task AuditDetails_AreInWords()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        (await admin.PatchAsync($"/admin/users/{user.UserId}", new { bio = "Countess" })).ShouldSucceed();
        (await admin.GetAsync($"/admin/users/export?search={user.UserId}&createdFrom=2026-01-01T12:00:00Z")).ShouldSucceed();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/audit?actor={admin.UserId}");
        await Expect(page.GetByText(new Regex("changed the profile of .*: Biography"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details: Users exported") }).First.ClickAsync();
        await Expect(page.OpenDialog().GetByText(user.UserId).First).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByText("Created from")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByText(new Regex("^[12] Jan 2026"))).ToBeVisibleAsync();
    }

    [Test]
    public async Task LastAdmin_IsToldWhatToDo()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin, "de-DE");
        await page.RouteAsync($"**/api/v1/admin/users/{user.UserId}/unlock", RefuseAsync);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Aktionen").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Aussperrung aufheben" }).ClickAsync();
        await page.OpenDialog().Button("Aussperrung aufheben").ClickAsync();
        await page.ShowsAsync("Machen Sie zuerst einen anderen Benutzer dazu.");
    }

    /// <summary>The dashboard words each action and each refusal that it knows by its sentence.</summary>
    [Test]
    public void AuditActionsAndSentences_AreInTheTexts()
    {
        var actions = Quoted().Matches(File.ReadAllText(Repository.PathOf("Roundtable.Application", "Audit", "AuditActions.cs")));
        var files = Directory.EnumerateFiles(Repository.PathOf("Roundtable.Application"), "*.cs", SearchOption.AllDirectories);
        var sources = string.Join('\n', files.Select(f => File.ReadAllText(f)));
        foreach (var language in (string[])["en", "de"])
        {
            var texts = File.ReadAllText(Repository.PathOf("dashboard", "src", "i18n", $"{language}.ts"));
            var missing = actions
                .Select(a => $"\"action.{a.Groups["action"].Value}\":")
                .Where(k => !texts.Contains(k, StringComparison.Ordinal));
            var sentences = Sentence().Matches(texts).Select(m => m.Groups["sentence"].Value).ToList();
            Assert.Multiple(() =>
            {
                Assert.That(missing, Is.Empty);
                Assert.That(sentences, Is.Not.Empty);
                Assert.That(sentences.Where(s => !sources.Contains($"\"{s}\"", StringComparison.Ordinal)), Is.Empty);
            });
        }
    }

    private static Task RefuseAsync(IRoute route) =>
        route.FulfillAsync(
            new RouteFulfillOptions
            {
                Status = 409,
                ContentType = "application/problem+json",
                Body = LastAdmin,
            }
        );

    [GeneratedRegex("const string \\w+ = \"(?<action>[^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"errorText\\.(?<sentence>[^\"]+)\":")]
    private static partial Regex Sentence();
}
