using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Dialogs give the focus back, and Escape closes only the uppermost.</summary>
public sealed class DialogJourneyTests
{
    private const string NotFresh = """{"status":403,"code":"session_not_fresh","title":"Forbidden","detail":"Confirm that it is you."}""";

    private static TestApp App => Screen.App;

    [TestCase("/admin/roles", "New role")]
    [TestCase("/admin/users", "New user")]
    [TestCase("/admin/users", "Import")]
    [TestCase("/admin/service-accounts", "New service account")]
    [TestCase("/admin/webhooks", "New web-hook")]
    [TestCase("/account/api-keys", "New API key")]
    public async Task Escape_ReturnsTheFocus_ToTheButton(string path, string button)
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync(path);
        await page.Button(button).ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        // The dialog has the focus.
        await Expect(page.OpenDialog().Locator("*:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(page.Button(button)).ToBeFocusedAsync();
    }

    [Test]
    public async Task Escape_ReturnsTheFocus_ToTheMenu()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Act as this user" }).ClickAsync();
        await Expect(page.OpenDialog().Field("Reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Actions")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Escape_ClosesTheConfirmation_AndNotTheDialogBelow()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.RouteAsync("**/api/v1/admin/roles/**", RefuseAsync);
        await page.GotoAsync("/admin/roles");
        await page.Button("New role").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("waiting");
        await page.OpenDialog().Button("Save").ClickAsync();
        var confirmation = page.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        await Expect(confirmation).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(confirmation).ToHaveCountAsync(0);
        await Expect(page.OpenDialog().Field("Name")).ToHaveValueAsync("waiting");
        // And the dialog is usable.
        await Expect(page.OpenDialog().Locator("*:focus")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Refusal_IsGone_OnceTheSessionIsFresh()
    {
        using var admin = await Person.WithPasswordAsync(App);
        await App.GiveAsync(admin.Id, "admin");
        var page = await Screen.OpenAsync(admin.Browser);
        await page.RouteAsync("**/api/v1/admin/roles/**", RefuseAsync, new() { Times = 1 });
        await page.GotoAsync("/admin/roles");
        await page.Button("New role").ClickAsync();
        var name = Staff.NewRoleName();
        await page.OpenDialog().Field("Name").FillAsync(name);
        await page.OpenDialog().Button("Save").ClickAsync();
        var confirmation = page.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        var refusal = page.GetByRole(AriaRole.Alert, new() { IncludeHidden = true });
        await Expect(refusal).ToHaveCountAsync(1);
        await confirmation.Locator("input[type=password]").FillAsync(Person.Password);
        await confirmation.Button("Confirm").ClickAsync();
        await Expect(confirmation).ToHaveCountAsync(0);
        await Expect(refusal).ToHaveCountAsync(0);
        await page.OpenDialog().Button("Save").ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
    }

    private static Task RefuseAsync(IRoute route) =>
        route.FulfillAsync(
            new RouteFulfillOptions
            {
                Status = 403,
                ContentType = "application/problem+json",
                Body = NotFresh,
            }
        );
}
