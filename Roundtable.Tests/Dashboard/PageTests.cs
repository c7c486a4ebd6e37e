using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Every page, light and dark, wide and narrow: accessible, without errors, nothing wider than the screen.</summary>
public sealed class PageTests
{
    private const string Rules =
        "async only => (await axe.run(document, { runOnly: only, resultTypes: ['violations'] }))"
        + ".violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' "
        + "+ (n.any[0]?.message ?? '')).join(' | '))";

    // Colours change gradually with the scheme.
    private const string Still =
        "async () => { await new Promise(requestAnimationFrame);"
        + " await Promise.allSettled(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1).map(a => a.finished)) }";

    private static readonly string[] All = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // Dark mode changes only the colours.
    private static readonly string[] Colours = ["color-contrast"];

    private static readonly string Axe = File.ReadAllText(Repository.PathOf("dashboard", "node_modules", "axe-core", "axe.min.js"));

    // A folder for a picture of each page, for people to look at: they take a tenth of these tests' time.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ROUNDTABLE_TEST_PICTURES");

    private Support.Browser admin = null!;
    private CheckedPage signedIn = null!;
    private CheckedPage signedOut = null!;
    private string webhook = null!;
    private string link = null!;
    private string service = null!;

    [OneTimeSetUp]
    public async Task SignIn()
    {
        admin = await Screen.App.SignInAsAdminAsync();
        // One after another in the same page, which loads the code once.
        signedIn = await OpenAsync(admin);
        signedOut = await OpenAsync(null);
        link = await admin.AskForLinkAsync(Screen.App, TestApp.NewEmail());
        using var user = await Screen.App.SignInAsync(TestApp.NewEmail());
        // Nothing listens there: messages wait, with a reason.
        var made = await admin.PostAsync(
            "/admin/webhooks",
            new
            {
                url = "http://127.0.0.1:1/roundtable",
                description = "Keeps the CRM up to date",
                events = new[] { "user.unbanned", "user.banned" },
            }
        );
        webhook = (string)made.ShouldSucceed(201).Data["webhook"]!["id"]!;
        (await admin.PostAsync($"/admin/webhooks/{webhook}/test")).ShouldSucceed(202);
        service = (await admin.NewServiceKeyAsync(["admin"], "users:list", "users:import")).AccountId;
        await admin.NewKeyAsync("me:read");
    }

    [OneTimeTearDown]
    public async Task SignOut()
    {
        await signedIn.Page.Context.CloseAsync();
        await signedOut.Page.Context.CloseAsync();
        (await admin.DeleteAsync($"/admin/webhooks/{webhook}")).ShouldSucceed(204);
        admin.Dispose();
    }

    [TestCase("/sign-in")]
    [TestCase("/sign-up")]
    [TestCase("/two-factor")]
    [TestCase("/magic-link#token={link}")]
    [TestCase("/not-me#token=none")]
    [TestCase("/sign-in?error=link_required")]
    [TestCase("/verify-email#token=none")]
    [TestCase("/confirm-email#token=none")]
    [TestCase("/undo-email")]
    [TestCase("/forgot-password")]
    [TestCase("/reset-password#token=none")]
    [TestCase("/mailbox")]
    public async Task SignedOutPage(string path) => await CheckAsync(path, signedOut);

    [TestCase("/account/profile")]
    [TestCase("/account/security")]
    [TestCase("/account/api-keys")]
    [TestCase("/account/devices")]
    [TestCase("/account/activity")]
    [TestCase("/account/data")]
    [TestCase("/admin")]
    [TestCase("/admin/users")]
    [TestCase("/admin/users/{id}")]
    [TestCase("/admin/roles")]
    [TestCase("/admin/service-accounts")]
    [TestCase("/admin/service-accounts/{service}")]
    [TestCase("/admin/api-keys")]
    [TestCase("/admin/audit")]
    [TestCase("/admin/emails")]
    [TestCase("/admin/webhooks")]
    [TestCase("/admin/webhooks/{webhook}")]
    [TestCase("/admin/system")]
    [TestCase("/nowhere")]
    public async Task SignedInPage(string path) => await CheckAsync(path, signedIn);

    [Test]
    public async Task Page_IsShownInGerman_WhenTheBrowserPrefersIt()
    {
        var page = await Screen.OpenAsync(admin, "de-DE");
        await page.GotoAsync("/admin/users");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Benutzer", Level = 1 })).ToBeVisibleAsync();
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo("de"));
        await ShootAsync(page, "german-users");
    }

    private static async Task<CheckedPage> OpenAsync(Support.Browser? person)
    {
        var faults = new ConcurrentQueue<string>();
        var page = await (await Screen.NewContextAsync(person)).NewPageAsync();
        page.Console += (_, m) =>
        {
            if (m.Type is "error" or "warning")
            {
                faults.Enqueue($"console: {m.Text}");
            }
        };
        page.PageError += (_, e) => faults.Enqueue($"script: {e}");
        page.RequestFailed += (_, r) =>
        {
            // A page that is left cancels its pending requests.
            if (r.Failure?.Contains("ERR_ABORTED", StringComparison.Ordinal) != true)
            {
                faults.Enqueue($"{r.Url}: {r.Failure}");
            }
        };
        page.Request += (_, r) =>
        {
            if (
                !r.Url.StartsWith(Screen.Address.ToString(), StringComparison.Ordinal)
                && !r.Url.StartsWith("data:", StringComparison.Ordinal)
            )
            {
                faults.Enqueue($"outside: {r.Url}");
            }
        };
        page.Response += (_, r) =>
        {
            if (r.Status >= 400)
            {
                faults.Enqueue($"{r.Status}: {r.Url}");
            }
        };
        return new CheckedPage(page, faults);
    }

    private async Task CheckAsync(string path, CheckedPage checkedPage)
    {
        var (page, faults) = checkedPage;
        var name = path.Split('#')[0]
            .Replace("?error=", "-", StringComparison.Ordinal)
            .Trim('/')
            .Replace('/', '-')
            .Replace("{id}", "user", StringComparison.Ordinal)
            .Replace("{service}", "service", StringComparison.Ordinal)
            .Replace("{webhook}", "webhook", StringComparison.Ordinal);
        foreach (var width in (int[])[1280, 360])
        {
            await page.SetViewportSizeAsync(width, 900);
            if (width == 1280)
            {
                await page.GotoAsync(
                    path.Replace("{id}", admin.UserId, StringComparison.Ordinal)
                        .Replace("{service}", service, StringComparison.Ordinal)
                        .Replace("{webhook}", webhook, StringComparison.Ordinal)
                        .Replace("{link}", link, StringComparison.Ordinal)
                );
                await page.Locator("h1").WaitForAsync();
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await page.EvaluateAsync(Axe);
            }

            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await Expect(page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme.ToString().ToLowerInvariant());
                await page.EvaluateAsync(Still);
                await ShootAsync(page, $"{name}-{width}-{scheme}".ToLowerInvariant());
                if (width < 1280 && scheme == ColorScheme.Dark)
                {
                    // The colours match the wide page, the layout the light one.
                    continue;
                }

                foreach (
                    var violation in (
                        await page.EvaluateAsync<JsonElement>(Rules, scheme == ColorScheme.Dark ? Colours : All)
                    ).EnumerateArray()
                )
                {
                    faults.Enqueue($"{width} {scheme} axe: {violation.GetString()}");
                }
            }

            if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"))
            {
                faults.Enqueue($"wider than {width} pixels");
            }
        }

        await page.EvaluateAsync("() => { sessionStorage.clear(); localStorage.clear() }");
        var found = faults.ToList();
        faults.Clear();
        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(
                new PageScreenshotOptions
                {
                    Path = Path.Combine(Pictures, $"{name}.jpg"),
                    Type = ScreenshotType.Jpeg,
                    Quality = 80,
                    FullPage = true,
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
        }
    }

    /// <summary>A page and what was wrong since the last case.</summary>
    private sealed record CheckedPage(IPage Page, ConcurrentQueue<string> Faults);
}
