using System.Collections.Concurrent;
using Microsoft.Playwright;
using Roundtable.Tests.Pictures;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>
/// Uploaded pictures are shown at once. A picture at another address is on a server of the user's choice: an admin's page does not
/// request it without a click.
/// </summary>
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

    [Test]
    public async Task OwnPicture_IsCroppedToASquare_ShownEverywhere_AndRemoved()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("face").Split('@')[0];
        using var user = await App.SignInAsync($"{name}@example.com");
        var own = await Screen.OpenAsync(user);
        await own.GotoAsync("/account/profile");
        var section = own.Section("Picture");
        await own.SetInputFilesAsync("input[type=file]", File("note.png", "image/png", "no picture"u8.ToArray()));
        await own.ShowsAsync("This file is no picture that your browser can read.");
        await own.SetInputFilesAsync("input[type=file]", File("wide.png", "image/png", PictureFiles.Png));
        await own.ShowsAsync("This is how others will see it.");
        await section.Button("Use this picture").ClickAsync();
        await own.ShowsAsync("Your picture is saved.");
        var url = (string)(await user.GetAsync("/users/me")).Data["picture"]!["url"]!;
        await ShowsPictureAsync(section, url);
        await ShowsPictureAsync(own.Button("Your account"), url);

        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await ShowsPictureAsync(page.GetByRole(AriaRole.Main), url);
        await page.Button("Remove picture").ClickAsync();
        await page.OpenDialog().Button("Remove picture").ClickAsync();
        await page.ShowsAsync("The picture is removed.");
        await Expect(page.Locator($"img[src='{url}']")).ToHaveCountAsync(0);
        Assert.That((await user.GetAsync("/users/me")).Data["picture"], Is.Null);
    }

    [Test]
    public async Task RemovedPicture_ComesBack_WithUndo()
    {
        using var user = await App.NewUserAsync();
        var url = (string)(await user.UploadAsync(PictureFiles.Png)).ShouldSucceed().Data["picture"]!["url"]!;
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Section("Picture").Button("Remove picture").ClickAsync();
        await page.ShowsAsync("The picture is removed.");
        await Expect(page.Locator($"img[src='{url}']")).ToHaveCountAsync(0);
        await page.Button("Undo").ClickAsync();
        await ShowsPictureAsync(page.Section("Picture"), url);
    }

    private static FilePayload File(string name, string type, byte[] bytes) =>
        new()
        {
            Name = name,
            MimeType = type,
            Buffer = bytes,
        };

    private static async Task ShowsPictureAsync(ILocator place, string url)
    {
        var picture = place.Locator($"img[src='{url}']");
        await Expect(picture).ToBeVisibleAsync();
        Assert.That(await picture.EvaluateAsync<bool>("i => i.decode().then(() => i.naturalWidth > 0)"));
    }
}
