using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>What differs in Production: the cookie's name and flags, and the allowed hosts.</summary>
public sealed class ProductionTests
{
    private const string PublicUrl = "https://round.example";

    private TestApp app = null!;
    private WebApplicationFactory<Program> production = null!;

    [OneTimeSetUp]
    public void Start()
    {
        app = TestApp.Start(
            ("App:PublicUrl", PublicUrl),
            ("App:TrustedOrigins:0", "https://app.trusted.example"),
            ("App:AllowDevelopmentDefaults", "true")
        );
        production = app.WithWebHostBuilder(b => b.UseEnvironment("Production"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await production.DisposeAsync();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Cookie_HasHostPrefix_AndIsSecure()
    {
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        var answer = (
            await SendAsync(PublicUrl, HttpMethod.Post, "/api/v1/auth/magic-link/verify", $$"""{"token":"{{token}}"}""")
        ).ShouldSucceed();
        var parts = answer.Header("Set-Cookie").Split('\n')[0].Split("; ").Select(p => p.ToLowerInvariant()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(parts[0], Does.StartWith("__host-roundtable.session="));
            Assert.That(parts, Is.SupersetOf(new[] { "path=/", "secure", "samesite=lax", "httponly" }));
            Assert.That(parts, Has.None.StartsWith("domain="));
            Assert.That(answer.Header("Strict-Transport-Security"), Does.StartWith("max-age="));
        });
    }

    [Test]
    public async Task Methods_TellOfTheDevelopmentMailbox_WhereThereIsOne()
    {
        var here = (await SendAsync(PublicUrl, HttpMethod.Get, "/api/v1/auth/methods")).ShouldSucceed();
        Assert.That((bool?)here.Data["developmentMailbox"], Is.False);
        var there = (await TestApp.Current.NewBrowser().GetAsync("/auth/methods")).ShouldSucceed();
        Assert.That((bool?)there.Data["developmentMailbox"], Is.True);
    }

    [TestCase("https://round.example", 200)]
    [TestCase("https://app.trusted.example", 200)]
    [TestCase("https://ROUND.example", 200)]
    [TestCase("https://evil.example", 400)]
    [TestCase("https://round.example.evil.example", 400)]
    [TestCase("https://round.example:8443", 400)]
    [TestCase("https://localhost", 400)]
    [TestCase("https://127.0.0.1", 400)]
    [Category("threat-8")]
    public async Task Hosts_AreServed_OnlyIfConfigured(string address, int status)
    {
        var answer = await SendAsync(address, HttpMethod.Get, "/api/v1/auth/session");
        if (status == 200)
        {
            answer.ShouldSucceed();
        }
        else
        {
            answer.ShouldFail(status, "bad_request");
        }

        Assert.That((await SendAsync(address, HttpMethod.Get, "/health/live")).Status, Is.EqualTo(200));
    }

    private async Task<Answer> SendAsync(string address, HttpMethod method, string path, string? json = null)
    {
        using var http = production.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri(address), HandleCookies = false }
        );
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : Wire.Json(json) };
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
