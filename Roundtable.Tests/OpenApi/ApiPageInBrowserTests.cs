using System.Collections.Concurrent;
using Microsoft.Playwright;
using Roundtable.Tests.Passkeys;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.OpenApi;

/// <summary>
/// The API page in a browser: its policy blocks nothing, no other host is contacted, and calls can be tried with the browser's session.
/// </summary>
public sealed class ApiPageInBrowserTests
{
    // The first request generates the document while other tests use the processor.
    private const float Timeout = 60_000;

    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentQueue<string> faults = new();
    private TestApp app = null!;
    private Chromium chromium = null!;
    private Support.Browser user = null!;
    private IPage page = null!;

    private Uri Address => new($"http://localhost:{app.BaseAddress.Port}/");

    [OneTimeSetUp]
    public async Task Open()
    {
        app = TestApp.StartAtPublicUrl();
        chromium = await Chromium.StartAsync();
        user = await app.SignInAsync(TestApp.NewEmail());
        var context = await chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Address.ToString(),
                ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            }
        );
        context.SetDefaultTimeout(Timeout);
        await context.AddCookiesAsync([
            new Cookie
            {
                Name = "roundtable.session",
                Value = user.SessionCookie!,
                Url = Address.ToString(),
            },
        ]);
        page = await context.NewPageAsync();
        page.Request += (_, r) => requests.Enqueue(r.Url);
        page.Console += (_, m) => Report(m.Type is "error" or "warning", m.Text);
        page.PageError += (_, e) => Report(true, e);
        await page.GotoAsync("/docs?url=https://evil.example/openapi.json");
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await chromium.DisposeAsync();
        user.Dispose();
        await app.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task Page_ShowsTheDocument_WithoutOtherHosts()
    {
        await Expect(page.Locator(".info .title"))
            .ToContainTextAsync("Roundtable API", new LocatorAssertionsToContainTextOptions { Timeout = Timeout });
        await Expect(page.Locator("#operations-Users-Users_getMe")).ToBeAttachedAsync();
        Assert.That(
            requests.Where(r =>
                !r.StartsWith(Address.ToString(), StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal)
            ),
            Is.Empty
        );
        Assert.That(faults, Is.Empty);
    }

    [Test, Order(2)]
    public async Task TryItOut_UsesTheSession_AlsoForChanges()
    {
        var operation = page.Locator("#operations-Users-Users_updateMe");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.Locator(".try-out__btn").ClickAsync();
        await operation.Locator("textarea.body-param__text").FillAsync("""{"name":"Ada King"}""");
        await operation.Locator(".execute").ClickAsync();
        await Expect(operation.Locator(".live-responses-table tbody .response-col_status").First)
            .ToContainTextAsync("200", new LocatorAssertionsToContainTextOptions { Timeout = Timeout });
        Assert.That((string?)(await user.GetAsync("/users/me")).Data["name"], Is.EqualTo("Ada King"));
        Assert.That(faults, Is.Empty);
    }

    private void Report(bool isFault, string text)
    {
        if (isFault)
        {
            faults.Enqueue(text);
        }
    }
}
