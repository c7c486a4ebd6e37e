using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The list of users: keys, selection of all that match, saved views, and a phone.</summary>
public sealed class UserListJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Keys_MoveSelectSearchAndOpen_AndCanBeTurnedOff()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = await AddAsync(40);
        var page = await Screen.OpenAsync(admin);
        await page.SetViewportSizeAsync(1440, 900);
        await page.GotoAsync($"/admin/users?search={name}&sort=email&order=asc");
        await page.ShowsAsync("40 users");
        var rows = page.GetByRole(AriaRole.Grid, new() { Name = "Users" }).GetByRole(AriaRole.Row);
        await Expect(rows.Nth(20)).ToBeInViewportAsync(new() { Ratio = 1 });

        // One row is reached by Tab, and only its link and checkbox after it.
        await page.TabToAsync(rows.Nth(1));
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("k");
        await Expect(rows.Nth(2)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await page.ShowsAsync("Selected: 1");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Shift+X");
        await page.ShowsAsync("Selected: 3");
        await Expect(rows.Nth(4)).ToHaveAttributeAsync("aria-selected", "true");
        await page.GetByLabel($"Select {name}-18").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.ShowsAsync("Selected: 8");
        await page.Keyboard.PressAsync("End");
        var lastRow = rows.Filter(new() { HasText = $"{name}-49" });
        await Expect(lastRow).ToBeFocusedAsync();
        await Expect(lastRow).ToBeInViewportAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(page.OpenDialog().GetByText("Next or previous user")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Search users")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync("-49?");
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync($"{name}-49?");
        await page.Keyboard.PressAsync("Backspace");
        await page.ShowsAsync("1 user");

        // Speech input types letters too.
        await page.Button("Display").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Switch, new() { Name = "Single letters and signs" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await page.TabToAsync(rows.Nth(1));
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByText("Selected:")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Space");
        await page.ShowsAsync("Selected: 1");
        await page.Keyboard.PressAsync("Enter");
        await page.ShowsHeadingAsync($"{name}-49");
    }

    [Test]
    public async Task AllThatMatch_AreBannedInTheBackground_AndReported()
    {
        var name = await AddAsync(120);
        using var admin = await App.SignInAsync($"{name}-boss@example.com");
        await App.GiveAsync(admin.UserId, "admin");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users?search={name}&banned=false");
        await page.ShowsAsync("121 users");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select the 100 loaded users" }).CheckAsync();
        await page.ShowsAsync("Selected: 100");
        await page.Button("Select all 121 that match").ClickAsync();
        await page.ShowsAsync("Selected: all 121 that match");
        await page.Button("Ban").ClickAsync();
        var dialog = page.OpenDialog();
        await Expect(dialog.GetByText($"121 users match: Search: “{name}” · Not banned")).ToBeVisibleAsync();
        await dialog.Field("Reason").FillAsync("Spam");
        await dialog.Button("Ban").ClickAsync();
        await page.ShowsAsync("Type it as it is shown.");
        await dialog.Field("To confirm, type 121").FillAsync("121");

        // Another user matches meanwhile, whom the admin has not seen.
        await App.AddUsersAsync([$"{name}-late@example.com"]);
        await dialog.Button("Ban").ClickAsync();
        await Expect(dialog.GetByText("Other users match now")).ToBeVisibleAsync();
        Assert.That((await admin.GetAsync($"/admin/users?search={name}&banned=true")).Items, Is.Empty);
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Leave without saving").ClickAsync();
        await page.ShowsAsync("Selected: all 122 that match");
        await page.Button("Ban").ClickAsync();
        await dialog.Field("Reason").FillAsync("Spam");
        await dialog.Field("To confirm, type 122").FillAsync("122");
        await dialog.Button("Ban").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Roles" }).ClickAsync();
        await page.ShowsHeadingAsync("Roles");
        var job = page.Section("Work under way");
        await Expect(job.GetByText("122 of 122 users")).ToBeVisibleAsync();
        await Expect(job.GetByText("Done")).ToBeVisibleAsync();
        await job.GetByRole(AriaRole.Link, new() { Name = "Show the report" }).ClickAsync();
        await Expect(dialog.GetByText("Done: 121, failed: 1")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{name}-boss@example.com" })).ToBeVisibleAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => dialog.Button("Download the report").ClickAsync());
        Assert.That(await File.ReadAllTextAsync(await file.PathAsync()), Does.Contain("not_on_yourself").And.Contain($"{name}-boss@"));
        await dialog.Button("Close").Last.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/admin/users\\?banned=false&search={name}$"));
        await page.ShowsAsync("1 user");
    }

    [Test]
    public async Task Filters_AreNamed_AndSavedAsViews_OfOnePerson()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = await AddAsync(1);
        var context = await Screen.NewContextAsync(admin);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/admin/users?search={name}&role=user&banned=false&createdFrom=2026-03-01&sort=name&order=asc");
        await page.Button("Remove the filter: Created from 1 Mar 2026").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("createdFrom"));
        await Expect(page.GetByText("Role: user")).ToBeVisibleAsync();
        await Expect(page.GetByText("Not banned")).ToBeVisibleAsync();
        await page.Button("Saved views").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Save as a view" }).ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("Good ones");
        await page.OpenDialog().Button("Save").ClickAsync();
        // Both at once, before the page is rendered with the first.
        await page.EvaluateAsync(
            "() => document.querySelectorAll('[aria-label^=\"Remove the filter: Role\"], [aria-label^=\"Remove the filter: Not\"]')"
                + ".forEach(b => b.click())"
        );
        await Expect(page.GetByText("Role: user")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Not banned")).ToHaveCountAsync(0);
        await page.Button("Clear all").ClickAsync();
        await page.ReloadAsync();
        await page.Button("Saved views").ClickAsync();
        await page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Good ones" }).ClickAsync();
        await page.ShowsAsync("1 user");
        await Expect(page).ToHaveURLAsync(new Regex($"banned=false&order=asc&role=user&search={name}&sort=name"));

        await page.Button("Good ones").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename or delete" }).ClickAsync();
        await page.OpenDialog().Field("Name of Good ones").FillAsync("Better ones");
        await page.OpenDialog().Button("Rename Good ones").ClickAsync();
        await page.OpenDialog().Button("Delete Better ones").ClickAsync();
        await Expect(page.Button("Saved views")).ToBeVisibleAsync();
        await page.Button("Undo").ClickAsync();
        await Expect(page.Button("Better ones")).ToBeVisibleAsync();

        // Another admin of the same browser.
        using var other = await App.SignInAsAdminAsync();
        await context.AddCookiesAsync([
            new Cookie
            {
                Name = "roundtable.session",
                Value = other.SessionCookie!,
                Url = Screen.Address.ToString(),
            },
        ]);
        await page.GotoAsync("/admin/users");
        await page.Button("Saved views").ClickAsync();
        await page.ShowsAsync("No views are saved yet");
    }

    [Test]
    public async Task Phone_FindsSelectsSignsOutAndBans()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("phone").Split('@')[0];
        using var one = await App.SignInAsync($"{name}-a@example.com");
        using var two = await App.SignInAsync($"{name}-b@example.com");
        var page = await Screen.OpenAsync(admin);
        await page.SetViewportSizeAsync(360, 740);
        await page.GotoAsync("/admin/users");
        await page.GetByLabel("Search users").FillAsync(name);
        await page.ShowsAsync("2 users");
        await page.GetByLabel($"Select {name}-a").CheckAsync();
        await page.Button("End all sessions").ClickAsync();
        await page.OpenDialog().Field("To confirm, type 1").FillAsync("1");
        await page.OpenDialog().Button("End all sessions").ClickAsync();
        await page.ShowsAsync("Done: 1, failed: 0");
        (await one.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select the 2 loaded users" }).CheckAsync();
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().Field("Reason").FillAsync("Spam");
        await page.OpenDialog().Button("Ban").ClickAsync();
        await page.ShowsAsync("Done: 2, failed: 0");
        (await two.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.EqualTo(360));
    }

    private static async Task<string> AddAsync(int count)
    {
        var name = TestApp.NewEmail("listed").Split('@')[0];
        await App.AddUsersAsync(Enumerable.Range(10, count).Select(i => $"{name}-{i}@example.com"));
        return name;
    }
}
