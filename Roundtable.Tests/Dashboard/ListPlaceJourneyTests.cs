using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The way back from an item leads to the same place in its list.</summary>
public sealed class ListPlaceJourneyTests
{
    private const int Y = 240;

    private static TestApp App => Screen.App;

    [Test]
    public async Task UserList_KeepsFiltersAndScrollPosition_ByLinkAndByBack()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("row").Split('@')[0];
        await App.AddUsersAsync(Enumerable.Range(10, 40).Select(i => $"{name}-{i}@example.com"));
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users?search={name}&sort=email&order=asc");
        await page.ShowsAsync("40 users");
        var table = page.GetByRole(AriaRole.Grid, new() { Name = "Users" });
        await table.EvaluateAsync($"e => e.scrollTop = {Y}");
        var row = table.GetByRole(AriaRole.Link, new() { Name = $"{name}-18", Exact = true });
        await row.ClickAsync();
        await page.ShowsHeadingAsync($"{name}-18");

        await page.GetByRole(AriaRole.Link, new() { Name = "All users" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/admin/users\\?search={name}&sort=email&order=asc$"));
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync(name);
        await Expect(table).ToHaveJSPropertyAsync("scrollTop", Y);
        await page.ShowsAsync("40 users");

        await row.ClickAsync();
        await page.ShowsHeadingAsync($"{name}-18");
        await page.GoBackAsync();
        await Expect(table).ToHaveJSPropertyAsync("scrollTop", Y);

        // Another order begins at the top.
        await page.Button("Name").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=name"));
        await Expect(table).ToHaveJSPropertyAsync("scrollTop", 0);
    }

    [Test]
    public async Task ServiceAccounts_KeepTheScrollPosition_ByLinkAndByBack()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = $"Place {Guid.NewGuid():N}";
        foreach (var i in Enumerable.Range(1, 8))
        {
            var account = new
            {
                name = $"{name} {i}",
                contactEmail = "ops@example.com",
                roles = new[] { "user" },
            };
            (await admin.PostAsync("/admin/service-accounts", account)).ShouldSucceed(201);
        }

        var page = await Screen.OpenAsync(admin);
        await page.SetViewportSizeAsync(1280, 320);
        await page.GotoAsync("/admin/service-accounts");
        var link = page.GetByRole(AriaRole.Link, new() { Name = $"{name} 5" });
        await OpenAsync(page, link);
        await page.GetByRole(AriaRole.Link, new() { Name = "All service accounts" }).ClickAsync();
        await IsBackAsync(page, link);
        await OpenAsync(page, link);
        await page.GoBackAsync();
        await IsBackAsync(page, link);
    }

    [Test]
    public async Task DetailPages_LeadBackToTheirList_WhenOpenedDirectly()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{admin.UserId}");
        await page.GetByRole(AriaRole.Link, new() { Name = "All users" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/users$"));
    }

    // Without Playwright's own scrolling.
    private static async Task OpenAsync(IPage page, ILocator link)
    {
        await link.WaitForAsync();
        await page.EvaluateAsync($"() => window.scrollTo(0, {Y})");
        await link.EvaluateAsync("e => e.click()");
        await page.GetByRole(AriaRole.Link, new() { Name = "All service accounts" }).WaitForAsync();
    }

    private static async Task IsBackAsync(IPage page, ILocator link)
    {
        await link.WaitForAsync();
        await page.WaitForFunctionAsync($"() => window.scrollY === {Y}");
    }
}
