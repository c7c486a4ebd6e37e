using System.Text.RegularExpressions;
using Microsoft.Playwright;
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

    private static async Task SignOutAsync(IPage page)
    {
        await page.Button("Your account").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
    }
}
