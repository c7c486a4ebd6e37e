using System.Collections.Concurrent;
using Microsoft.Playwright;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>The first moments: what is seen at once, and what the dashboard does without.</summary>
public sealed class StartJourneyTests
{
    private const int MostRequests = 14;
    private const int MostScriptBytes = 300_000;

    private const string BlockStorage =
        "for (const name of ['localStorage', 'sessionStorage']) "
        + "Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });";

    [Test]
    public async Task Dashboard_Works_WhenTheBrowserBlocksItsStorage()
    {
        using var person = await Screen.App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(person);
        await page.AddInitScriptAsync(BlockStorage);
        await page.GotoAsync("/account/profile");
        await page.ShowsHeadingAsync("Profile");
        await page.Button("Deutsch").ClickAsync();
        await page.ShowsHeadingAsync("Profil");
        await page.GetByRole(AriaRole.Link, new() { Name = "Geräte" }).ClickAsync();
        await page.ShowsHeadingAsync("Geräte");
    }

    [Test]
    public async Task Dashboard_IsInEnglish_WhenTheGermanTextsAreLost()
    {
        var page = await Screen.OpenAsync(locale: "de-DE");
        await page.RouteAsync("**/assets/de-*.js", r => r.AbortAsync());
        await page.GotoAsync("/sign-in");
        await page.ShowsHeadingAsync("Sign in");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Test]
    public async Task Language_StaysAndSaysSo_WhenItsTextsAreLost()
    {
        var page = await Screen.OpenAsync();
        await page.RouteAsync("**/assets/de-*.js", r => r.AbortAsync());
        await page.GotoAsync("/sign-in");
        await page.Button("Deutsch").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.UnrouteAsync("**/assets/de-*.js");
        await page.Button("Deutsch").ClickAsync();
        await page.ShowsHeadingAsync("Anmelden");
    }

    [Test]
    public async Task Pages_Work_WithoutRecentAbilitiesOfTheBrowser()
    {
        using var admin = await Screen.App.SignInAsAdminAsync();
        (await admin.PatchAsync("/users/me", new { timeZone = "UTC" })).ShouldSucceed();
        await Screen.App.NewRoleAsync("users:list", "users:read");
        var page = await Screen.OpenAsync(admin);
        await page.AddInitScriptAsync(
            "for (const name of ['IntersectionObserver', 'ResizeObserver', 'BroadcastChannel']) delete window[name];"
                + "delete Intl.supportedValuesOf; delete Intl.RelativeTimeFormat; delete Intl.ListFormat"
        );
        await page.GotoAsync("/account/profile");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" })).ToHaveValueAsync("UTC");
        foreach (var name in (string[])["Audit log", "Users", "Outbox", "Roles"])
        {
            await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
            await page.ShowsHeadingAsync(name);
        }
    }

    [TestCase(ColorScheme.Light, "rgb(255, 255, 255)")]
    [TestCase(ColorScheme.Dark, "rgb(36, 36, 36)")]
    public async Task FirstPaint_NeedsNeitherScriptNorStylesheet(ColorScheme scheme, string background)
    {
        var page = await (await Screen.NewContextAsync()).NewPageAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var released = new TaskCompletionSource();
        await page.RouteAsync("**/assets/**", async r =>
        {
            await released.Task;
            await r.ContinueAsync();
        });
        await page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.Commit });
        await page.ShowsAsync("Loading …");
        await page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length > 0");
        // The root has no background of its own in light colours: the browser's is white.
        var shown = await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        Assert.That(shown is "rgba(0, 0, 0, 0)" ? "rgb(255, 255, 255)" : shown, Is.EqualTo(background));
        released.SetResult();
        await page.ShowsHeadingAsync("Sign in");
        await Expect(page.GetByText("Loading …")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task SignInPage_IsLight()
    {
        var page = await (await Screen.NewContextAsync()).NewPageAsync();
        var answers = new ConcurrentQueue<IResponse>();
        page.Response += (_, r) => answers.Enqueue(r);
        await page.GotoAsync("/sign-in");
        await page.ShowsHeadingAsync("Sign in");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var bytes = 0;
        foreach (var script in answers.Where(a => a.Request.ResourceType == "script"))
        {
            bytes += (await script.Request.SizesAsync()).ResponseBodySize;
        }

        Assert.That(answers, Has.Count.LessThanOrEqualTo(MostRequests), string.Join('\n', answers.Select(a => a.Url)));
        Assert.That(bytes, Is.GreaterThan(0).And.LessThan(MostScriptBytes));
    }
}
