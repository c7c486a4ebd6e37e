using System.Globalization;
using System.Net;
using Roundtable.Api.RateLimiting;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>How often a caller may send requests; other spellings or forged addresses do not bypass the limit.</summary>
public sealed class RateLimitTests
{
    private const int AuthPermits = 5;
    private const int ApiPermits = 8;
    private const string Link = "/api/v1/auth/magic-link";

    private static TestApp StartApp(params (string, string?)[] more) => StartApp(true, more);

    private static TestApp StartApp(bool enabled, params (string, string?)[] more) =>
        TestApp.Start([
            ("RateLimiting:Enabled", enabled ? "true" : "false"),
            ("RateLimiting:Auth:Permits", $"{AuthPermits}"),
            ("RateLimiting:Auth:Window", "01:00:00"),
            ("RateLimiting:Api:Permits", $"{ApiPermits}"),
            ("RateLimiting:Api:Window", "01:00:00"),
            .. more,
        ]);

    [Test]
    public async Task SignInAttempts_AreRefused_AboveTheLimit()
    {
        await using var app = StartApp();
        using var browser = app.NewBrowser();
        for (var left = AuthPermits - 1; left >= 0; left--)
        {
            var answer = await browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() });
            Assert.That(
                (answer.Status, answer.Header("RateLimit-Limit"), answer.Header("RateLimit-Remaining")),
                Is.EqualTo((202, $"{AuthPermits}", $"{left}"))
            );
        }

        var refused = (await browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() })).ShouldFail(429, "rate_limited");
        Assert.Multiple(() =>
        {
            Assert.That(int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture), Is.InRange(1, 3600));
            Assert.That(refused.Header("RateLimit-Limit"), Is.EqualTo($"{AuthPermits}"));
            Assert.That(refused.Header("RateLimit-Remaining"), Is.EqualTo("0"));
            Assert.That(int.Parse(refused.Header("RateLimit-Reset"), CultureInfo.InvariantCulture), Is.InRange(1, 3600));
        });
        using var other = app.NewBrowser();
        (await other.PostAsync("/auth/magic-link/verify", new { token = new string('A', 43) })).ShouldFail(429, "rate_limited");
        Assert.That(app.Mail.All(), Has.Count.LessThanOrEqualTo(AuthPermits));
        (await other.GetAsync("/auth/session")).ShouldSucceed();
    }

    [Test]
    public async Task ApiRequests_AreCountedByUser_OrByAddressWhenSignedOut()
    {
        await using var app = StartApp();
        using var first = await app.NewUserAsync();
        using var second = await app.NewUserAsync();
        using var stranger = app.NewBrowser();
        for (var i = 0; i < ApiPermits; i++)
        {
            (await first.GetAsync("/users/me")).ShouldSucceed();
        }

        (await first.GetAsync("/users/me")).ShouldFail(429, "rate_limited");
        (await first.PatchAsync("/users/me", new { name = "Ada" })).ShouldFail(429, "rate_limited");
        (await second.GetAsync("/users/me")).ShouldSucceed();
        for (var i = 0; i < ApiPermits; i++)
        {
            (await stranger.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        }

        (await stranger.GetAsync("/users/me")).ShouldFail(429, "rate_limited");
        (await second.GetAsync("/users/me")).ShouldSucceed();
        Assert.That((await first.RawAsync(HttpMethod.Get, "/health/live")).Status, Is.EqualTo(200));
    }

    [Test]
    [Category("threat-18")]
    public async Task PathVariants_ShareOneCounter_OrAreNotFound()
    {
        await using var app = StartApp();
        string[] spellings =
        [
            "/API/V1/AUTH/MAGIC-LINK",
            "/api/v1/auth/magic-link/",
            "/api/v1/Auth/Magic-Link",
            "/%61pi/v1/auth/magic%2Dlink",
            "/api/v1/auth/./magic-link",
            "/api/v1/./auth/magic-link",
            "/api/v1/auth/x/../magic-link",
            "/api/v1/../v1/auth/magic-link",
            "//api/v1/auth/magic-link",
            "/api//v1/auth/magic-link",
            "/api/v1/auth//magic-link",
            "/api/v1/auth/magic-link//",
            "/api/v1/auth/magic-link?x=1",
            "/api/v1/auth/magic-link;x=1",
            "/api/v1/auth/magic-link%20",
            "/api/v1/auth/magic-link/.",
            "/api/v1/auth/%2e/magic-link",
            "/api\\v1\\auth\\magic-link",
        ];
        for (var i = 0; i < AuthPermits; i++)
        {
            (await PostAsync(app, Link)).ShouldSucceed(202);
        }

        foreach (var spelling in spellings)
        {
            var answer = await PostAsync(app, spelling);
            Assert.That(answer.Status, Is.EqualTo(429).Or.EqualTo(404), spelling);
        }
    }

    [Test]
    [Category("threat-18")]
    public async Task PathVariants_CountTowardsTheLimit()
    {
        await using var app = StartApp();
        foreach (
            var spelling in (string[])
                ["/API/V1/AUTH/MAGIC-LINK", "/api/v1/auth/magic-link/", "/api/v1/auth/./magic-link", "/api/v1/auth/magic%2Dlink", Link]
        )
        {
            (await PostAsync(app, spelling)).ShouldSucceed(202);
        }

        (await PostAsync(app, Link)).ShouldFail(429, "rate_limited");
    }

    [TestCase("X-Forwarded-For")]
    [TestCase("Forwarded")]
    [TestCase("X-Real-IP")]
    [TestCase("CF-Connecting-IP")]
    [TestCase("True-Client-IP")]
    [TestCase("X-Client-IP")]
    [Category("threat-17")]
    public async Task ForwardedAddresses_AreIgnored_WithoutTrustedProxies(string header)
    {
        await using var app = StartApp();
        for (var i = 0; i < AuthPermits; i++)
        {
            (await PostAsync(app, Link, (header, $"203.0.113.{i}"))).ShouldSucceed(202);
        }

        (await PostAsync(app, Link, (header, "203.0.113.99"))).ShouldFail(429, "rate_limited");
    }

    [Test]
    [Category("threat-17")]
    public async Task ForwardedAddresses_AreIgnored_FromUntrustedProxies()
    {
        await using var app = StartApp(("App:TrustedProxies:0", "10.0.0.0/8"));
        for (var i = 0; i < AuthPermits; i++)
        {
            (await PostAsync(app, Link, ("X-Forwarded-For", $"203.0.113.{i}"))).ShouldSucceed(202);
        }

        (await PostAsync(app, Link, ("X-Forwarded-For", "203.0.113.99"))).ShouldFail(429, "rate_limited");
    }

    [Test]
    [Category("threat-17")]
    public async Task ForwardedAddresses_AreUsed_FromTrustedProxies()
    {
        await using var app = StartApp(("App:TrustedProxies:0", "127.0.0.1"), ("App:TrustedProxies:1", "::1"));
        for (var i = 0; i < AuthPermits; i++)
        {
            // Entries left of the client's address are claims by the client.
            (await PostAsync(app, Link, ("X-Forwarded-For", $"198.51.100.{i}, 203.0.113.7"))).ShouldSucceed(202);
        }

        (await PostAsync(app, Link, ("X-Forwarded-For", "198.51.100.99, 203.0.113.7"))).ShouldFail(429, "rate_limited");
        (await PostAsync(app, Link, ("X-Forwarded-For", "203.0.113.8"))).ShouldSucceed(202);
        (await PostAsync(app, Link)).ShouldSucceed(202);

        // One IPv6 customer with many addresses.
        for (var i = 0; i < AuthPermits; i++)
        {
            (await PostAsync(app, Link, ("X-Forwarded-For", $"2001:db8:1:2::{i}"))).ShouldSucceed(202);
        }

        (await PostAsync(app, Link, ("X-Forwarded-For", "2001:db8:1:2:ffff:ffff:ffff:ffff"))).ShouldFail(429, "rate_limited");
        (await PostAsync(app, Link, ("X-Forwarded-For", "2001:db8:1:3::1"))).ShouldSucceed(202);
    }

    [Test]
    [Category("threat-17")]
    public async Task Ipv6Site_IsLimited_AcrossItsNetworks()
    {
        await using var app = StartApp(("App:TrustedProxies:0", "127.0.0.1"), ("App:TrustedProxies:1", "::1"));
        for (var i = 0; i < 4 * AuthPermits; i++)
        {
            (await PostAsync(app, Link, ("X-Forwarded-For", $"2001:db8:1:{i + 1:x}::1"))).ShouldSucceed(202);
        }

        var refused = (await PostAsync(app, Link, ("X-Forwarded-For", "2001:db8:1:ffff::1"))).ShouldFail(429, "rate_limited");
        Assert.That(int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture), Is.InRange(1, 3600));
        (await PostAsync(app, Link, ("X-Forwarded-For", "2001:db8:2:1::1"))).ShouldSucceed(202);
        (await PostAsync(app, Link, ("X-Forwarded-For", "203.0.113.8"))).ShouldSucceed(202);
    }

    [Test]
    public async Task Session_ShowsTheClientsAddress_BehindATrustedProxy()
    {
        await using var app = StartApp(("App:TrustedProxies:0", "127.0.0.1"), ("App:TrustedProxies:1", "::1"));
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        var answer = (
            await browser.PostAsync(
                "/auth/magic-link/verify",
                new { token },
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https")
            )
        ).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Data["session"]!["ipAddress"], Is.EqualTo("203.0.113.7"));
            Assert.That(answer.Header("Strict-Transport-Security"), Does.StartWith("max-age="));
            Assert.That(answer.Header("Set-Cookie"), Does.Contain("secure").IgnoreCase);
        });
    }

    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase(null, null, true)]
    [TestCase(null, "203.0.113.7", false)]
    [Category("threat-17")]
    public void AddressKey_GroupsIpv6AddressesByNetwork(string? one, string? other, bool same) =>
        Assert.That(Key(one) == Key(other), Is.EqualTo(same));

    [Test]
    public async Task Limits_AreOff_WhenDisabled()
    {
        await using var app = StartApp(enabled: false);
        for (var i = 0; i < AuthPermits + 3; i++)
        {
            Assert.That((await PostAsync(app, Link)).ShouldSucceed(202).Headers.ContainsKey("RateLimit-Limit"), Is.False);
        }
    }

    [Test]
    [Category("threat-19")]
    public async Task Limit_IsEnforced_WithParallelAttempts()
    {
        await using var app = StartApp();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(_ =>
                    PostAsync(app, "/api/v1/auth/magic-link/verify", json: """{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")
                )
        );
        Assert.That(answers.Count(a => a.Status == 400), Is.EqualTo(AuthPermits));
        Assert.That(answers.Count(a => a.Status == 429), Is.EqualTo(200 - AuthPermits));
    }

    private static string Key(string? address) => RateLimits.AddressKey(address is null ? null : IPAddress.Parse(address));

    private static Task<Answer> PostAsync(TestApp app, string path, params (string, string)[] headers) =>
        PostAsync(app, path, $$"""{"email":"{{TestApp.NewEmail()}}"}""", headers);

    private static Task<Answer> PostAsync(TestApp app, string path, string json, params (string, string)[] headers) =>
        Wire.SendAsync(app, HttpMethod.Post, path, Wire.Json(json), headers);
}
