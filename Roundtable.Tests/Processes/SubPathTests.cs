using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Dashboard;
using Roundtable.Tests.Passkeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>Behind a proxy that strips a path prefix: mails, pages, assets, cookies and <c>Location</c> include it.</summary>
public sealed partial class SubPathTests
{
    private const string Path = "/accounts";

    private HttpListener proxy = null!;
    private TestApp app = null!;
    private string address = null!;

    [OneTimeSetUp]
    public void Start()
    {
        var port = FreePort.Next();
        address = $"http://localhost:{port}{Path}";
        app = TestApp.Start(("App:PublicUrl", address));
        proxy = new HttpListener();
        proxy.Prefixes.Add($"http://localhost:{port}/");
        proxy.Start();
        _ = ServeAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        proxy.Close();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Location_ContainsThePath()
    {
        using var admin = await app.NewAdminAsync();
        var made = (await admin.PostAsync("/admin/users", new { email = TestApp.NewEmail() })).ShouldSucceed(201);
        Assert.That(made.Header("Location"), Is.EqualTo($"{Path}/api/v1/admin/users/{made.Data["id"]}"));
        var role = (
            await admin.PutAsync($"/admin/roles/r{Guid.NewGuid():N}"[..24], new { permissions = Array.Empty<string>() })
        ).ShouldSucceed(201);
        Assert.That(role.Header("Location"), Does.StartWith($"{Path}/api/v1/admin/roles/"));
        var hook = (
            await admin.PostAsync("/admin/webhooks", new { url = "http://127.0.0.1:1/", events = new[] { "user.unbanned" } })
        ).ShouldSucceed(201);
        Assert.That(hook.Header("Location"), Does.StartWith($"{Path}/api/v1/admin/webhooks/"));
    }

    [Test]
    public async Task CookieAndMail_UseThePath()
    {
        var email = TestApp.NewEmail();
        using var browser = app.NewBrowser();
        var answer = await browser.SignInWithMailAsync(app, email);
        Assert.That(answer.Header("Set-Cookie"), Does.Contain("path=/;").IgnoreCase);
        Assert.That((await app.NewestMailAsync(email, Subjects.MagicLink)).Text, Does.Contain($"{address}/magic-link#token="));
    }

    [TestCase("/docs")]
    [TestCase("/sign-in")]
    [TestCase("/account/profile")]
    public async Task Page_ReferencesOnlyUrlsBelowThePath(string path)
    {
        var page = await GetPageAsync(path);
        Assert.That(path == "/docs" || page.Text.Contains($"<base href=\"{Path}/\""), Is.True);
        Assert.That(page.Header("Content-Security-Policy"), Does.Contain("base-uri 'self'"));
        foreach (
            var reference in References()
                .Matches(page.Text)
                .Select(m => m.Groups["to"].Value)
                .Where(r => !r.StartsWith("data:", StringComparison.Ordinal))
        )
        {
            var target = new Uri(new Uri($"{address}/"), reference);
            using var http = new HttpClient();
            Assert.That(target.AbsoluteUri, Does.StartWith($"{address}/"));
            Assert.That((int)(await http.GetAsync(target)).StatusCode, Is.EqualTo(200), reference);
        }
    }

    [Test]
    public async Task Dashboard_Works_InABrowser()
    {
        await GetPageAsync("/sign-in");
        using var person = app.NewBrowser();
        await person.SignInWithMailAsync(app, TestApp.NewEmail());
        await using var chromium = await Chromium.StartAsync();
        var context = await chromium.Browser.NewContextAsync(new() { Locale = "en-GB" });
        var page = await context.NewPageAsync();
        var failed = new List<string>();
        page.Response += (_, r) => failed.AddRange(r.Status >= 400 ? [$"{r.Status} {r.Url}"] : []);
        page.Console += (_, m) => failed.AddRange(m.Type == "error" ? [m.Text] : []);
        await page.GotoAsync($"{address}/account/security");
        await page.ShowsHeadingAsync("Sign in");
        Assert.That(page.Url, Is.EqualTo($"{address}/sign-in?next=%2Faccount%2Fsecurity"));
        await context.AddCookiesAsync([
            new Microsoft.Playwright.Cookie
            {
                Name = "roundtable.session",
                Value = person.SessionCookie!,
                Url = address,
            },
        ]);
        await page.ReloadAsync();
        await page.ShowsHeadingAsync("Security");
        Assert.That(page.Url, Is.EqualTo($"{address}/account/security"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await page.ShowsHeadingAsync("Devices");
        Assert.That(page.Url, Is.EqualTo($"{address}/account/devices"));
        Assert.That(failed, Is.Empty);
    }

    private async Task<Answer> GetPageAsync(string path)
    {
        var page = await Wire.SendAsync(app, HttpMethod.Get, path, null, ("Accept-Encoding", "br, gzip"));
        if (page.Status == 404)
        {
            Assert.Ignore("There is no dashboard to test: build without -p:BuildDashboard=false.");
        }

        return page;
    }

    // Acts as a proxy that strips the path and forwards the rest unchanged.
    private async Task ServeAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = app.BaseAddress,
        };
        try
        {
            for (; ; )
            {
                var context = await proxy.GetContextAsync();
                _ = ForwardAsync(http, context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task ForwardAsync(HttpClient http, HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.RawUrl?.StartsWith($"{Path}/", StringComparison.Ordinal) != true)
        {
            response.StatusCode = 404;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.RawUrl[Path.Length..]);
        foreach (
            var name in context
                .Request.Headers.AllKeys.OfType<string>()
                .Where(n => n is not ("Connection" or "Content-Length" or "Content-Type"))
        )
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        }

        if (context.Request.HasEntityBody)
        {
            request.Content = new StreamContent(context.Request.InputStream);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var answer = await http.SendAsync(request);
        response.StatusCode = (int)answer.StatusCode;
        foreach (
            var header in answer
                .Headers.Concat(answer.Content.Headers)
                .Where(h => h.Key is not ("Transfer-Encoding" or "Content-Length" or "Connection" or "Keep-Alive"))
        )
        {
            foreach (var value in header.Value)
            {
                response.AppendHeader(header.Key, value);
            }
        }

        await answer.Content.CopyToAsync(response.OutputStream);
    }

    [GeneratedRegex("(?:src|href)=\"(?<to>[^\"]+)\"")]
    private static partial Regex References();
}
