using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The next person at the same tab finds nothing of the one before.</summary>
public sealed class SignOutJourneyTests
{
    [Test]
    public async Task SignOut_LeavesNeitherUndoNorPage_AndSaysWhenItFails()
    {
        using var user = await Screen.App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Field("Biography").FillAsync("Mine");
        await page.Button("Save").ClickAsync();
        await Expect(page.Button("Undo")).ToBeVisibleAsync();

        await page.RouteAsync("**/auth/sign-out", r => r.AbortAsync());
        await SignOutAsync(page);
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The server can’t be reached" })).ToBeVisibleAsync();
        await page.UnrouteAsync("**/auth/sign-out");
        await SignOutAsync(page);
        await page.ShowsHeadingAsync("Sign in");
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in$"));
        await Expect(page.Button("Undo")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task NextAdmin_SeesNoFileOrReportOfTheOneBefore()
    {
        using var admin = await Screen.App.SignInAsAdminAsync();
        using var next = await Person.WithPasswordAsync(Screen.App);
        await Screen.App.GiveAsync(next.Id, "admin");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users?dialog=import");
        await page.OpenDialog()
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "users.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes($"email\n{TestApp.NewEmail("private")}\n"),
                }
            );
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("Trial: of 1, 1 would be created, 0 skipped, 0 fail.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await SignOutAsync(page);
        await page.ShowsHeadingAsync("Sign in");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(next.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await page.Button("Sign in").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await page.Button("Import").ClickAsync();
        await Expect(page.OpenDialog().Button("Try it")).ToBeDisabledAsync();
        await Expect(page.GetByText("Trial:")).ToHaveCountAsync(0);
        await Expect(page.GetByText("private")).ToHaveCountAsync(0);
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Button("Your account").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
    }
}
