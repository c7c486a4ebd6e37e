using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>An admin's page of one user.</summary>
public sealed class UserPageJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Overview_AnswersASupportCase_AtAGlance()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        await user.NewKeyAsync("me:read");
        (await user.PostAsync("/auth/password/change", new { newPassword = Person.Password })).ShouldSucceed(204);
        var email = (string)(await user.GetAsync("/users/me")).Data["email"]!;
        var page = await Screen.OpenAsync(admin);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        var account = page.Section("Account");
        foreach (var text in (string[])[email, "Confirmed", "Active", "Two-factor sign-in", "Last seen", user.UserId])
        {
            await Expect(account.GetByText(text, new() { Exact = true })).ToBeVisibleAsync();
        }

        await Expect(account.GetByText(new Regex("^Set ")).And(account.Locator("dt:text-is('Password') + dd"))).ToBeVisibleAsync();
        await Expect(account.Locator("dt:text-is('Passkeys') + dd")).ToHaveTextAsync("–");
        await account.Button("Copy the id").ClickAsync();
        await Expect(account.Button("Copied.")).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), Is.EqualTo(user.UserId));
        await Expect(page.Section("Devices").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(page.Section("Activity").GetByText("Signed in by link")).ToBeVisibleAsync();
        await Expect(page.Section("Mails").GetByText("API key changed")).ToBeVisibleAsync();
        await Expect(page.Section("API keys").GetByText("Valid ·")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Tab_IsInTheUrl_AndFallsBackToTheOverview()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}?tab=nothing");
        await Expect(Tab(page, "Overview")).ToHaveAttributeAsync("aria-selected", "true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all: Devices" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("\\?tab=devices$"));
        await page.ReloadAsync();
        await Expect(page.Section("Devices").GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await Tab(page, "API keys").ClickAsync();
        await page.ShowsAsync("No API keys");
        await page.GoBackAsync();
        await Expect(Tab(page, "Devices")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Test]
    public async Task TextInAForm_OutlivesALookAtAnotherTab()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}?tab=profile");
        await page.Section("Profile").Field("Name").FillAsync("Ada King");
        await Tab(page, "Mails").ClickAsync();
        await Expect(page.Section("Profile")).Not.ToBeVisibleAsync();
        await Tab(page, "Profile and roles").ClickAsync();
        await Expect(page.Section("Profile").Field("Name")).ToHaveValueAsync("Ada King");
        await page.GetByRole(AriaRole.Link, new() { Name = "All users" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Actions_SignTheUserOutEverywhere_FromAnyTab()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}?tab=devices");
        await Expect(page.Section("Devices").GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "End all sessions" }).ClickAsync();
        await page.OpenDialog().Button("End all sessions").ClickAsync();
        await page.ShowsAsync("Signed in nowhere");
        (await user.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    private static ILocator Tab(IPage page, string name) => page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });
}
