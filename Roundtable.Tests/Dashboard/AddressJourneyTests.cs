using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What addresses contain: values from anywhere, and steps of the way back.</summary>
public sealed class AddressJourneyTests
{
    private static TestApp App => Screen.App;

    [TestCase("/admin/audit?from=abc&action=user.banned", "/admin/audit?action=user.banned")]
    [TestCase("/admin/audit?from=2026-99-01T10:00&to=2026-01-31T10:00", "/admin/audit?to=2026-01-31T10%3A00")]
    [TestCase("/admin?from=abc&to=2026-13-45", "/admin")]
    [TestCase("/admin?days=999", "/admin")]
    [TestCase("/admin/users?sort=x&order=x&banned=x&createdFrom=99&dialog=x&columns=x&search=ada", "/admin/users?search=ada")]
    [TestCase("/admin/emails?status=x", "/admin/emails")]
    [TestCase("/admin/api-keys?state=x", "/admin/api-keys")]
    public async Task InvalidValues_AreRemoved_AndThePageWorks(string path, string valid)
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync(path);
        await Expect(page).ToHaveURLAsync(new Uri(Screen.Address, valid).AbsoluteUri);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync("This page failed");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Back_OpensNoClosedDialog_AndSkipsThePausesInTyping()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/roles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await page.Button("New user").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        foreach (var text in (string[])["a", "ad", "ada"])
        {
            await page.GetByLabel("Search users").FillAsync(text);
            await Expect(page).ToHaveURLAsync(new Uri(Screen.Address, $"/admin/users?search={text}").AbsoluteUri);
        }

        await page.GoBackAsync();
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync("");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await page.ShowsHeadingAsync("Roles");
    }

    [Test]
    public async Task Back_SkipsTheDeletedUser()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var email = (string)(await user.GetAsync("/users/me")).Data["email"]!;
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/roles");
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await page.GetByLabel("Search users").FillAsync(email);
        await Expect(page).ToHaveURLAsync(new Regex("search="));
        await page.GetByRole(AriaRole.Link, new() { Name = email.Split('@')[0], Exact = true }).ClickAsync();
        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Textbox).FillAsync(email);
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.ShowsHeadingAsync("Users");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync(email);
    }
}
