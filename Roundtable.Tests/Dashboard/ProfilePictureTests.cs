using System.Collections.Concurrent;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>A user's picture is on a server of that user's choice: an admin's page does not request it without a click.</summary>
public sealed class ProfilePictureTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task PictureOfAnotherUser_IsLoaded_OnlyOnClick()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("portrait").Split('@')[0];
        using var user = await App.SignInAsync($"{name}@example.com");
        (await user.PatchAsync("/users/me", new { image = "https://stranger.example/me.png" })).ShouldSucceed();
        var page = await Screen.OpenAsync(admin);
        var requested = new ConcurrentBag<string>();
        page.Request += (_, r) => requested.Add(new Uri(r.Url).Host);
        await page.Context.RouteAsync("https://stranger.example/**", r =>
            r.FulfillAsync(new() { ContentType = "image/svg+xml", Body = "<svg xmlns='http://www.w3.org/2000/svg'/>" })
        );

        await page.GotoAsync($"/admin/users?search={name}");
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Act as this user" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Ticket 4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        var banner = page.GetByRole(AriaRole.Region, new() { Name = "You are acting as somebody else" });
        await Expect(banner).ToBeVisibleAsync();
        await banner.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Actions" })).ToBeVisibleAsync();
        Assert.That(requested, Does.Not.Contain("stranger.example"));

        await page.Button("Show picture").ClickAsync();
        await Expect(page.Locator("img[src='https://stranger.example/me.png']")).ToBeAttachedAsync();
        Assert.That(() => requested, Does.Contain("stranger.example").After(5000, 50));
    }
}
