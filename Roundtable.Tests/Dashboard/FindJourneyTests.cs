using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The search for users, pages and actions.</summary>
public sealed class FindJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Search_OpensAUser_AndStartsAnActionThere_ByKeyboardAlone()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail("found"));
        var name = (string)(await user.GetAsync("/users/me")).Data["name"]!;
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/account/profile");
        await page.ShowsHeadingAsync("Profile");

        await OpenAsync(page);
        await page.Keyboard.TypeAsync(name);
        await Expect(Option(page, name)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsHeadingAsync(name);

        await OpenAsync(page);
        await page.Keyboard.TypeAsync("sign-in link");
        await Expect(Option(page, "Send a sign-in link")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.OpenDialog().Button("Send a sign-in link").ClickAsync();
        await page.ShowsAsync("The link is on its way.");
    }

    [Test]
    public async Task Search_OpensAPage_ByArrowKeys_AndNamesTheChosenOne()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Button("Search").ClickAsync();
        await Expect(Input(page)).ToBeFocusedAsync();
        await Input(page).FillAsync("your account");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        var last = Option(page, "Your data");
        await Expect(last).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(Input(page)).ToHaveAttributeAsync("aria-activedescendant", (await last.GetAttributeAsync("id"))!);
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsHeadingAsync("Your data");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Search_FindsAUser_ByTheId()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var email = (string)(await user.GetAsync("/users/me")).Data["email"]!;
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/roles");
        await page.ShowsHeadingAsync("Roles");
        await OpenAsync(page);
        await Input(page).FillAsync(user.UserId);
        await Expect(Option(page, email)).ToBeVisibleAsync();
        await Input(page).FillAsync(new string('0', 32));
        await page.ShowsAsync("Nothing fits.");
    }

    [Test]
    public async Task Search_NeverShowsUsersOfAnEarlierText()
    {
        using var admin = await App.SignInAsAdminAsync();
        var (first, second) = (TestApp.NewEmail("early"), TestApp.NewEmail("late"));
        using var one = await App.SignInAsync(first);
        using var two = await App.SignInAsync(second);
        var page = await Screen.OpenAsync(admin);
        var asked = new TaskCompletionSource<IRoute>();
        await page.RouteAsync(new Regex("/admin/users\\?.*search=early"), r => asked.TrySetResult(r));
        await page.GotoAsync("/admin/roles");
        await page.ShowsHeadingAsync("Roles");
        await OpenAsync(page);
        await Input(page).FillAsync(first);
        var late = await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await Input(page).FillAsync(second);
        await Expect(Option(page, second)).ToBeVisibleAsync();
        Assert.That(late.Request.Failure, Is.Not.Null, "the earlier request should have been cancelled");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Search_OffersOnlyWhatTheUserMay()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        var requested = new ConcurrentQueue<string>();
        page.Request += (_, r) => requested.Enqueue(r.Url);
        await page.GotoAsync("/account/profile");
        await page.ShowsHeadingAsync("Profile");
        await OpenAsync(page);
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(6);
        await Input(page).FillAsync("admin");
        await page.ShowsAsync("Nothing fits.");
        Assert.That(requested.Where(u => u.Contains("/api/v1/admin", StringComparison.Ordinal)), Is.Empty);
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Expect(Input(page)).ToBeFocusedAsync();
    }

    private static ILocator Input(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Find anything" });

    private static ILocator Option(IPage page, string text) => page.GetByRole(AriaRole.Option).Filter(new() { HasText = text });
}
