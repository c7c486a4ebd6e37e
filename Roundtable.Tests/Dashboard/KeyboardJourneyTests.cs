using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Signs in, bans a user and undoes it without a pointer.</summary>
public sealed class KeyboardJourneyTests
{
    /// <summary>The list follows the search text with a delay; the delayed value must not overwrite text typed since.</summary>
    [Test]
    public async Task Search_KeepsEachLetter_AtAnyTypingSpeed([Values(300, 310)] int pauseMs)
    {
        using var admin = await Screen.App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        var search = page.GetByLabel("Search users");
        await search.FocusAsync();
        await page.Keyboard.TypeAsync("abcdefghijkl", new() { Delay = pauseMs });
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("search=abcdefghijkl"));
        await Expect(search).ToHaveValueAsync("abcdefghijkl");
        await page.Button("Clear all").ClickAsync();
        await Expect(search).ToHaveValueAsync("");
    }

    [Test]
    public async Task Admin_SignsIn_FindsAUser_BansAndUndoes_ByKeyboardAlone()
    {
        using var person = await Person.WithPasswordAsync(Screen.App);
        await Screen.App.GiveAsync(person.Id, "admin");
        using var user = await Screen.App.SignInAsync(TestApp.NewEmail("keys"));
        var name = (string)(await user.GetAsync("/users/me")).Data["name"]!;
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/sign-in");
        await page.TabToAsync(page.GetByRole(AriaRole.Tab, new() { Name = "Link by e-mail" }));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.TabToAsync(page.Field("E-mail"));
        await page.Keyboard.TypeAsync(person.Email);
        await page.TabToAsync(page.Locator("input[type=password]"));
        await page.Keyboard.TypeAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsHeadingAsync("Overview");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync(page.GetByLabel("Search users"));
        await page.Keyboard.TypeAsync(name);
        await Expect(page.GetByText("1 user", new() { Exact = true })).ToBeVisibleAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsHeadingAsync(name);

        await page.TabToAsync(page.Button("Ban"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().Field("Reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Ban")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().Field("Reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Spam");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Lift the ban")).ToBeVisibleAsync();
        await page.TabToAsync(page.Button("Undo"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Ban")).ToBeVisibleAsync();
    }
}
