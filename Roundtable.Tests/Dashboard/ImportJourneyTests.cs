using System.Text;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>An import says what is wrong with a file, and its notices go when they have served.</summary>
public sealed class ImportJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task FilesWithoutRows_CannotBeImported()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        await ChooseAsync(page, "");
        await page.ShowsAsync("The file has no rows.");
        await Expect(page.OpenDialog().Button("Try it")).ToBeDisabledAsync();
        await Expect(page.OpenDialog().Button("Import")).ToBeDisabledAsync();

        await ChooseAsync(page, "email,name\n");
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("The file has no rows.");
        await Expect(page.OpenDialog().Button("Import")).ToBeDisabledAsync();
    }

    [Test]
    public async Task UnknownColumns_AreNamed_AndLeftOutOnlyWhenTold()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        await ChooseAsync(page, "email,nmae\nada@example.com,Ada\n");
        await page.ShowsAsync("Choose what they are imported as, or leave them out: “nmae”");
        await Expect(page.OpenDialog().Button("Try it")).ToBeDisabledAsync();
        await page.OpenDialog().Button("Leave them out").ClickAsync();
        await Expect(page.GetByText("“nmae”")).ToHaveCountAsync(0);
        await Expect(page.OpenDialog().Button("Try it")).ToBeEnabledAsync();

        await ChooseAsync(page, "name\nAda\n");
        await page.ShowsAsync("Choose the column with the e-mail addresses.");
        await Expect(page.OpenDialog().Button("Try it")).ToBeDisabledAsync();
    }

    [Test]
    public async Task Import_TakesATrialThatWouldCreateUsers_AndExplainsDoubles()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        var email = TestApp.NewEmail("double");
        await ChooseAsync(page, $"email\n{TestApp.AdminEmail}\n");
        await Expect(page.OpenDialog().Button("Import")).ToBeDisabledAsync();
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("Trial: of 1, 0 would be created, 1 skipped, 0 fail.");
        await Expect(page.OpenDialog().Button("Import")).ToBeDisabledAsync();

        await ChooseAsync(page, $"email\n{email}\n{email}\n");
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("There is an account with this address already, or it stands in the file twice.");
        await page.OpenDialog().Button("Import").ClickAsync();
        await page.ShowsAsync("Of 2, 1 were created, 1 skipped, 0 failed.");
    }

    [Test]
    public async Task Trials_LeaveNoNotices()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        await ChooseAsync(page, $"email\n{TestApp.NewEmail("trial")}\n");
        for (var i = 0; i < 3; i++)
        {
            var answer = page.WaitForResponseAsync("**/admin/users/import**");
            await page.OpenDialog().Button("Try it").ClickAsync();
            await answer;
            await page.ShowsAsync("Trial: of 1, 1 would be created, 0 skipped, 0 fail.");
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.Section("Work under way")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Exports_LeaveOneNotice_BesideTheNavigation()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        var notices = page.Section("Work under way");
        foreach (var format in (string[])["CSV", "NDJSON"])
        {
            await page.Button("Export").ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = format, Exact = true }).ClickAsync();
            await Expect(notices.Button($"Close users.{(format == "CSV" ? "csv" : "ndjson")}")).ToBeVisibleAsync();
        }

        await Expect(notices.GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        var menu = await page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).BoundingBoxAsync();
        var notice = await notices.BoundingBoxAsync();
        Assert.That(notice!.X, Is.GreaterThanOrEqualTo(menu!.X + menu.Width));
    }

    [Test]
    public async Task Messages_CanBeClosed()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Lift the lock-out" }).ClickAsync();
        await page.OpenDialog().Button("Lift the lock-out").ClickAsync();
        await page.ShowsAsync("The lock-out is lifted.");
        await Expect(page.Button("Actions")).ToBeFocusedAsync();
        await page.Button("Close").ClickAsync();
        await Expect(page.GetByText("The lock-out is lifted.")).Not.ToBeVisibleAsync();
    }

    private static async Task<IPage> OpenAsync(Support.Browser admin)
    {
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users?dialog=import");
        return page;
    }

    private static Task ChooseAsync(IPage page, string text) =>
        page.OpenDialog()
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "users.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(text),
                }
            );
}
