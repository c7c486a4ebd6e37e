using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Pages on other sites cannot make a browser do anything unless their origin is trusted.</summary>
public sealed class CrossSiteTests
{
    private const string Trusted = "https://app.trusted.example";
    private const string Own = "(own)";

    private TestApp app = null!;
    private Browser user = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start(("App:PublicUrl", "https://round.example"), ("App:TrustedOrigins:0", Trusted));
        user = await app.NewUserAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        user.Dispose();
        await app.DisposeAsync();
    }

    [TestCase(null, null, true)]
    [TestCase(null, "same-origin", true)]
    [TestCase(null, "none", true)]
    [TestCase(null, "same-site", false)]
    [TestCase(null, "cross-site", false)]
    [TestCase(Own, null, true)]
    [TestCase(Own, "same-origin", true)]
    [TestCase(Own, "same-site", false)]
    [TestCase(Own, "cross-site", false)]
    [TestCase(Trusted, null, true)]
    [TestCase(Trusted, "cross-site", true)]
    [TestCase(Trusted, "same-site", true)]
    [TestCase("https://round.example", "same-origin", true)]
    [TestCase("https://evil.example", null, false)]
    [TestCase("https://evil.example", "same-origin", false)]
    [TestCase("https://evil.example", "none", false)]
    [TestCase("https://evil.example", "cross-site", false)]
    [TestCase("null", null, false)]
    [TestCase("null", "same-origin", false)]
    [TestCase("null", "cross-site", false)]
    [TestCase("", null, false)]
    [TestCase("http://app.trusted.example", null, false)]
    [TestCase("https://app.trusted.example:8443", null, false)]
    [TestCase("https://app.trusted.example.evil.example", null, false)]
    [TestCase("https://sub.app.trusted.example", null, false)]
    [TestCase("https://evilapp.trusted.example", null, false)]
    [TestCase("https://app.trusted.example/", null, false)]
    [TestCase("HTTPS://APP.TRUSTED.EXAMPLE", null, false)]
    [TestCase("https://app.trusted.example, https://evil.example", null, false)]
    [TestCase("https://localhost", null, false)]
    [TestCase("*", null, false)]
    [Category("threat-24")]
    public async Task UnsafeRequests_AreAllowed_FromOwnAndTrustedOriginsOnly(string? origin, string? site, bool passes)
    {
        var headers = new List<(string, string)>();
        if (origin is not null)
        {
            headers.Add(("Origin", origin == Own ? app.BaseAddress.GetLeftPart(UriPartial.Authority) : origin));
        }

        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        using var stranger = app.NewBrowser();
        Answer[] answers =
        [
            await user.PatchAsync("/users/me", new { name = "Ada" }, [.. headers]),
            await user.DeleteAsync("/sessions", [.. headers]),
            await stranger.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }, [.. headers]),
            await stranger.PostAsync("/auth/magic-link/verify", new { token = new string('A', 43) }, [.. headers]),
            await stranger.PostAsync("/auth/sign-out", null, [.. headers]),
        ];
        if (passes)
        {
            Assert.That(answers.Select(a => a.Status), Is.EqualTo(new[] { 200, 204, 202, 400, 204 }));
        }
        else
        {
            foreach (var answer in answers)
            {
                answer.ShouldFail(403, "csrf_rejected");
            }
        }

        (await user.GetAsync("/users/me", [.. headers])).ShouldSucceed();
    }

    [Test]
    [Category("threat-24")]
    public async Task SignIn_IsRefused_FromAnotherSite_AndTheLinkStaysValid()
    {
        using var victim = app.NewBrowser();
        var token = await victim.RequestLinkAsync(TestApp.NewEmail());
        (
            await victim.PostAsync(
                "/auth/magic-link/verify",
                new { token },
                ("Origin", "https://evil.example"),
                ("Sec-Fetch-Site", "cross-site")
            )
        ).ShouldFail(403, "csrf_rejected");
        Assert.That(victim.SessionCookie, Is.Null);
        (
            await victim.PostAsync("/auth/magic-link/verify", new { token }, ("Origin", Trusted), ("Sec-Fetch-Site", "cross-site"))
        ).ShouldSucceed();
    }

    [Test]
    public async Task MethodOverrides_AreIgnored()
    {
        (await user.GetAsync("/users/me", ("X-HTTP-Method-Override", "PATCH"), ("X-Method-Override", "DELETE"))).ShouldSucceed();
        (await user.PostAsync("/users/me", new { name = "Mallory" }, ("X-HTTP-Method-Override", "PATCH"))).ShouldFail(
            405,
            "method_not_allowed"
        );
    }

    [TestCase(Trusted, true)]
    [TestCase("https://evil.example", false)]
    [TestCase("null", false)]
    [TestCase("https://app.trusted.example.evil.example", false)]
    [TestCase("http://app.trusted.example", false)]
    public async Task Cors_AllowsCredentials_ForTrustedOriginsOnly(string origin, bool allowed)
    {
        var preflight = await Wire.SendAsync(
            app,
            HttpMethod.Options,
            "/api/v1/users/me",
            null,
            ("Origin", origin),
            ("Access-Control-Request-Method", "PATCH"),
            ("Access-Control-Request-Headers", "content-type,if-match")
        );
        var success = (await user.GetAsync("/users/me", ("Origin", origin))).ShouldSucceed();
        var error = (await user.GetAsync("/nothing", ("Origin", origin))).ShouldFail(404, "not_found");
        Assert.Multiple(() =>
        {
            foreach (var answer in (Answer[])[preflight, success, error])
            {
                Assert.That(answer.Header("Access-Control-Allow-Origin"), Is.EqualTo(allowed ? origin : ""));
                Assert.That(answer.Header("Access-Control-Allow-Credentials"), Is.EqualTo(allowed ? "true" : ""));
            }

            if (allowed)
            {
                Assert.That(preflight.Status, Is.EqualTo(204));
                Assert.That(preflight.Header("Access-Control-Allow-Methods"), Does.Contain("PATCH"));
                Assert.That(preflight.Header("Access-Control-Allow-Headers"), Does.Contain("if-match"));
                Assert.That(
                    success.Header("Access-Control-Expose-Headers"),
                    Does.Contain("ETag").And.Contain("X-Request-Id").And.Contain("Retry-After")
                );
            }
        });
    }

    [Test]
    public async Task Cors_AllowsNoOrigin_WithoutTrustedOrigins()
    {
        var answer = await Wire.SendAsync(TestApp.Current, HttpMethod.Get, "/api/v1/auth/session", null, ("Origin", Trusted));
        Assert.That(answer.Headers.Keys.Where(k => k.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }
}
