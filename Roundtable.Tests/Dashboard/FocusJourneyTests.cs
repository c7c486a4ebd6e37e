using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The focus stays where the user works, whatever disappears there.</summary>
public sealed class FocusJourneyTests
{
    [Test]
    public async Task Focus_StaysNear_AfterSavesRemovalsAndChangesOfThePage()
    {
        var email = TestApp.NewEmail();
        using var other = await Screen.App.SignInAsync(email);
        using var user = await Screen.App.SignInAsync(email);
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Field("Biography").FillAsync("Typed");
        await page.Button("Save").PressAsync("Enter");
        await Expect(page.Button("Undo")).ToBeVisibleAsync();
        await ShouldHaveFocusAsync(page, "main");

        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).PressAsync("Enter");
        await page.ShowsHeadingAsync("Devices");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out (?!everywhere|all|the)") }).First.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out (?!everywhere|all|the)") })).ToHaveCountAsync(0);
        await ShouldHaveFocusAsync(page, "main");
    }

    [Test]
    public async Task Focus_IsInThePage_ThatALinkOpened()
    {
        using var admin = await Screen.App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/service-accounts");
        await page.Button("New service account").WaitForAsync();
        var history = await page.EvaluateAsync<int>("history.length");
        // The skip link is no step on the way back.
        await page.Locator("a[href$='#content']").PressAsync("Enter");
        await ShouldHaveFocusAsync(page, "main");
        Assert.That(await page.EvaluateAsync<int>("history.length"), Is.EqualTo(history));
        await page.Keyboard.PressAsync("ControlOrMeta+K");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync("Service accounts");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        Assert.That(await page.EvaluateAsync<int>("history.length"), Is.EqualTo(history));
        await ShouldHaveFocusAsync(page, "main");
    }

    private static Task ShouldHaveFocusAsync(IPage page, string part) =>
        page.WaitForFunctionAsync("part => document.activeElement?.closest(part) !== null", part);
}
