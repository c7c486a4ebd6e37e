using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using Roundtable.Tests.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What admins change, undo, import and export.</summary>
public sealed class AdminJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Profile_SavedInTwoBrowsers_ReportsTheConflict_AndKeepsBothChanges()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var (first, second) = (await Screen.OpenAsync(admin), await Screen.OpenAsync(user));
        await first.GotoAsync($"/admin/users/{user.UserId}?tab=profile");
        await first.Section("Profile").Field("Name").FillAsync("Ada King");
        await second.GotoAsync("/account/profile");
        await second.Field("Biography").FillAsync("Countess");
        await second.Button("Save").ClickAsync();
        await second.ShowsAsync("Your profile is saved.");

        await first.Section("Profile").Button("Save").ClickAsync();
        await first.ShowsAsync("Changed in the meantime");
        await first.Button("Save mine on top").ClickAsync();
        await first.ShowsAsync("The user is saved.");
        await Expect(first.Section("Profile").Field("Biography")).ToHaveValueAsync("Countess");
        var now = (await user.GetAsync("/users/me")).ShouldSucceed().Data;
        Assert.That(((string?)now["name"], (string?)now["profile"]!["bio"]), Is.EqualTo(("Ada King", "Countess")));

        await second.Field("Name").FillAsync("Somebody");
        await second.Button("Save").ClickAsync();
        await second.Button("Load the present state").ClickAsync();
        await Expect(second.Field("Name")).ToHaveValueAsync("Ada King");
    }

    [Test]
    public async Task BansAndRoles_AreReverted_ByUndo()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}?tab=profile");
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().Field("Reason").FillAsync("Spam");
        await page.OpenDialog().Button("Ban").ClickAsync();
        await Expect(page.Button("Lift the ban")).ToBeVisibleAsync();
        await page.Button("Undo").ClickAsync();
        await Expect(page.Button("Ban")).ToBeVisibleAsync();
        Assert.That((bool?)(await admin.GetAsync($"/admin/users/{user.UserId}")).Data["banned"], Is.False);

        var roles = page.Section("Roles");
        await roles.GetByRole(AriaRole.Combobox).Or(roles.GetByRole(AriaRole.Textbox)).First.FillAsync("admin");
        await page.Keyboard.PressAsync("Enter");
        await roles.Button("Save").ClickAsync();
        await page.ShowsAsync("The roles are saved.");
        await page.Button("Undo").ClickAsync();
        await Expect(page.Button("Undo")).Not.ToBeVisibleAsync();
        Assert.That(
            (await admin.GetAsync($"/admin/users/{user.UserId}")).Data["roles"]!.AsArray().Select(r => (string?)r),
            Does.Not.Contain("admin")
        );
    }

    [Test]
    public async Task UserPage_ShowsTheUsersMails()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Send a sign-in link" }).ClickAsync();
        await page.OpenDialog().Button("Send a sign-in link").ClickAsync();
        var mails = page.Section("Mails");
        await Expect(mails.GetByText("Invitation")).ToBeVisibleAsync();
        await Expect(mails).ToContainTextAsync("u***@example.com");
    }

    [Test]
    public async Task Overview_ShowsTheSelectedPeriod_AndKeepsItInTheUrl()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin");
        await page.GetByText("Choose", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("From").FillAsync("2026-01-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-01-31");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("from=2026-01-01&to=2026-01-31"));
        await page.ReloadAsync();
        await page.ShowsAsync("1 Jan 2026 to 31 Jan 2026");
        await page.GetByLabel("From").FillAsync("2024-01-01");
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsAsync("At most 366 days");
        await page.ShowsAsync("1 Jan 2026 to 31 Jan 2026");
    }

    [Test]
    public async Task Export_RunsInTheBackground_AndDownloadsTheFile()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        await page.Button("Export").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV", Exact = true }).ClickAsync()
        );
        Assert.That(download.SuggestedFilename, Is.EqualTo("users.csv"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.That(lines[0], Does.StartWith("id,email,name"));
        var transfers = page.Section("Work under way");
        await page.GetByRole(AriaRole.Link, new() { Name = "Roles" }).ClickAsync();
        await Expect(transfers.GetByText($"Rows: {lines.Length - 1}")).ToBeVisibleAsync();
        await transfers.Button("Close users.csv").ClickAsync();
        await Expect(transfers).Not.ToBeVisibleAsync();
    }

    // Both requests hang until cancelled: other tests cover the server side.
    [Test]
    public async Task Transfers_CanBeCancelled_WhileThePageStaysUsable()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.RouteAsync("**/admin/users/export**", _ => Task.CompletedTask);
        await page.RouteAsync("**/admin/users/import**", _ => Task.CompletedTask);
        await page.GotoAsync("/admin/users?dialog=import");
        await page.OpenDialog()
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "new.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes("email\nada@example.com\n"),
                }
            );
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Export").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "NDJSON" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Outbox" }).ClickAsync();
        await page.ShowsHeadingAsync("Outbox");
        var transfers = page.Section("Work under way");
        await transfers.Button("Cancel new.csv").ClickAsync();
        await transfers.Button("Cancel users.ndjson").ClickAsync();
        await Expect(transfers.GetByText("Cancelled")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task ImportReport_CanBeFilteredAndDownloaded()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users?dialog=import");
        await page.OpenDialog()
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "users.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(
                        $"email,name\n{TestApp.NewEmail("fine")},Fine\nnot-an-address,Faulty\n{TestApp.AdminEmail},There\n"
                    ),
                }
            );
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.OpenDialog().GetByText("failed (1)").ClickAsync();
        await Expect(page.OpenDialog().GetByText("E-mail: This is not an e-mail address.")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().Locator("tbody tr")).ToHaveCountAsync(1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.OpenDialog().Button("Download the report").ClickAsync());
        Assert.That(
            await File.ReadAllTextAsync(await download.PathAsync()),
            Is.EqualTo("Line,E-mail,Outcome,Why\r\n3,not-an-address,failed,E-mail: This is not an e-mail address.\r\n")
        );
    }

    [Test]
    public async Task Webhook_CanBeAddedTestedAndDeleted()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var sink = new Sink();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/webhooks");
        await page.Button("New web-hook").ClickAsync();
        await page.OpenDialog().Field("Address").FillAsync("ftp://example.com/");
        await page.OpenDialog().GetByRole(AriaRole.Checkbox, new() { Name = "user.unbanned" }).CheckAsync();
        await page.OpenDialog().Button("Add").ClickAsync();
        await page.ShowsAsync("This has to be an http or https address of at most 2,048 characters.");
        await page.OpenDialog().Field("Address").FillAsync(sink.Address);
        await page.OpenDialog().Button("Add").ClickAsync();
        await Expect(page.GetByTestId("secret")).ToHaveTextAsync(new Regex("^whsec_.{40,}$"));
        var secret = await page.GetByTestId("secret").InnerTextAsync();
        await page.Button("I have kept it").ClickAsync();

        await page.Button("Send a test").ClickAsync();

        // A user may be unbanned meanwhile, which also sends a message.
        while (!(await sink.NextAsync()).Body.Contains("webhook.test", StringComparison.Ordinal)) { }

        var messages = page.Section("Messages");
        var test = messages.GetByRole(AriaRole.Row).Filter(new() { HasText = "webhook.test" });
        await Expect(test.GetByText("Sent", new() { Exact = true })).ToBeVisibleAsync();

        await page.Button("Edit").ClickAsync();
        await page.OpenDialog().Field("Description (optional)").FillAsync("Keeps the CRM up to date");
        await page.OpenDialog().Button("Save").ClickAsync();
        await page.ShowsHeadingAsync("Keeps the CRM up to date");

        await page.Button("New secret").ClickAsync();
        await page.OpenDialog().Button("Replace the secret").ClickAsync();
        await Expect(page.GetByTestId("secret")).Not.ToHaveTextAsync(secret);
        await page.Button("I have kept it").ClickAsync();
        await page.ShowsAsync("Signed with the old secret too until");

        await page.GetByRole(AriaRole.Switch, new() { Name = "Send messages" }).ClickAsync();
        await page.ShowsAsync("The web-hook is off.");
        await Expect(page.Button("Send a test")).ToBeDisabledAsync();
        await page.Button("Delete").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Textbox).FillAsync(new Uri(sink.Address).Authority);
        await page.OpenDialog().Button("Delete").ClickAsync();
        await page.ShowsAsync("The web-hook is deleted.");
        await Expect(page.GetByText(sink.Address)).ToHaveCountAsync(0);
    }
}
