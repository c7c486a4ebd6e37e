using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Tokens;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.MagicLinks;

/// <summary>Where a sign-in may redirect to.</summary>
[Category("threat-6")]
public sealed class MagicLinkCallbackTests
{
    private const string Trusted = "https://app.trusted.example";

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() =>
        app = TestApp.Start(
            ("App:PublicUrl", "https://round.example"),
            ("App:TrustedOrigins:0", Trusted),
            ("App:TrustedOrigins:1", "https://other.example:8443")
        );

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("/")]
    [TestCase("/projects")]
    [TestCase("/projects?tab=1&x=%20y#top")]
    [TestCase("/search?q=gr%C3%BC%C3%9Fe")]
    [TestCase("/search?q=%22exact%22")]
    [TestCase("/a//b")]
    [TestCase("https://round.example")]
    [TestCase("https://round.example/x")]
    [TestCase(Trusted)]
    [TestCase(Trusted + "/")]
    [TestCase(Trusted + "/deep/path?x=1")]
    [TestCase(Trusted + "?x=1")]
    [TestCase(Trusted + "#x")]
    [TestCase("https://other.example:8443/x")]
    public async Task Request_AcceptsLocalPathsAndTrustedOrigins(string callback)
    {
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", new { email, callbackUrl = callback })).ShouldSucceed(202);
        var token = (await app.Mail.WaitAsync(email))[0].Token;
        var answer = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        Assert.That((string?)answer.Data["callbackUrl"], Is.EqualTo(callback));
    }

    [TestCase("\"\"")]
    [TestCase("\" \"")]
    [TestCase("\"projects\"")]
    [TestCase("\"//evil.example\"")]
    [TestCase("\"///evil.example\"")]
    [TestCase("\"/\\\\evil.example\"")]
    [TestCase("\"\\\\\\\\evil.example\"")]
    [TestCase("\"\\\\/evil.example\"")]
    [TestCase("\"/%5cevil.example\"")]
    [TestCase("\"/%5Cevil.example\"")]
    [TestCase("\"/%255cevil.example\"")]
    [TestCase("\"/%2f%2fevil.example\"")]
    [TestCase("\"/%2fevil.example\"")]
    [TestCase("\"%2f%2fevil.example\"")]
    [TestCase("\"/%252fevil.example\"")]
    [TestCase("\"/%09/evil.example\"")]
    [TestCase("\"/\\t/evil.example\"")]
    [TestCase("\"\\t//evil.example\"")]
    [TestCase("\"/\\n/evil.example\"")]
    [TestCase("\"/\\r/evil.example\"")]
    [TestCase("\"/x\\u0000\"")]
    [TestCase("\"/x%0d%0aSet-Cookie:a=b\"")]
    [TestCase("\" /evil\"")]
    [TestCase("\" https://app.trusted.example\"")]
    [TestCase("\"http:evil.example\"")]
    [TestCase("\"https:evil.example\"")]
    [TestCase("\"https:/evil.example\"")]
    [TestCase("\"https:///evil.example\"")]
    [TestCase("\"http://app.trusted.example\"")]
    [TestCase("\"https://evil.example\"")]
    [TestCase("\"https://evil.example/https://app.trusted.example\"")]
    [TestCase("\"https://evil.example?https://app.trusted.example\"")]
    [TestCase("\"https://evil.example#https://app.trusted.example\"")]
    [TestCase("\"https://app.trusted.example.evil.example\"")]
    [TestCase("\"https://app.trusted.exampleevil\"")]
    [TestCase("\"https://app.trusted.example:8443\"")]
    [TestCase("\"https://app.trusted.example:443.evil.example\"")]
    [TestCase("\"https://app.trusted.example@evil.example\"")]
    [TestCase("\"https://app.trusted.example:x@evil.example\"")]
    [TestCase("\"https://user@app.trusted.example\"")]
    [TestCase("\"https://app.trusted.example\\\\@evil.example\"")]
    [TestCase("\"https://app.trusted.example%2eevil.example\"")]
    [TestCase("\"https://app.trusted.example%40evil.example\"")]
    [TestCase("\"https://evilapp.trusted.example\"")]
    [TestCase("\"https://sub.app.trusted.example\"")]
    [TestCase("\"https://trusted.example\"")]
    [TestCase("\"https://*.trusted.example\"")]
    [TestCase("\"HTTPS://app.trusted.example\"")]
    [TestCase("\"https://APP.trusted.example\"")]
    [TestCase("\"https://app.trusted.example.\"")]
    [TestCase("\"https://app.trusted\\u3002example\"")]
    [TestCase("\"https://app.trusted.example\\u202E\"")]
    [TestCase("\"/\\uFF0Fevil.example\"")]
    [TestCase("\"https://round.example.evil.example\"")]
    [TestCase("\"javascript:alert(1)\"")]
    [TestCase("\"JaVaScRiPt:alert(1)\"")]
    [TestCase("\"java\\nscript:alert(1)\"")]
    [TestCase("\"data:text/html,<script>alert(1)</script>\"")]
    [TestCase("\"vbscript:x\"")]
    [TestCase("\"file:///etc/passwd\"")]
    [TestCase("\"ftp://app.trusted.example\"")]
    [TestCase("\"blob:https://app.trusted.example/x\"")]
    [TestCase("\"/\\\"onclick=alert(1)\"")]
    [TestCase("\"/<script>\"")]
    [TestCase("\"?x=1\"")]
    [TestCase("\"#x\"")]
    [TestCase("\".\"")]
    [TestCase("\"../x\"")]
    [TestCase("[\"/projects\"]")]
    [TestCase("[\"/\",\"//evil.example\"]")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"href\":\"/\"}")]
    [TestCase("1")]
    [TestCase("true")]
    [TestCase("false")]
    public async Task Request_RefusesOtherCallbacks(string callback)
    {
        using var browser = app.NewBrowser();
        (await browser.PostAsync("/auth/magic-link", $$"""{"email":"{{TestApp.NewEmail()}}","callbackUrl":{{callback}}}""")).ShouldFail(
            400,
            "invalid_callback"
        );
    }

    [Test]
    public async Task Request_LimitsTheCallbacksLength()
    {
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", new { email, callbackUrl = "/" + new string('x', 2047) })).ShouldSucceed(202);
        (await browser.PostAsync("/auth/magic-link", new { email, callbackUrl = "/" + new string('x', 2048) })).ShouldFail(
            400,
            "invalid_callback"
        );
    }

    // Databases that enforce column lengths would fail.
    [TestCase('&')]
    [TestCase('\'')]
    [TestCase('+')]
    public async Task Request_StoresTheLongestCallback(char filling)
    {
        using var browser = app.NewBrowser();
        var email = $"{Guid.NewGuid():N}{new string('&', 30)}@example.com";
        var body = new
        {
            email,
            name = string.Concat(Enumerable.Repeat("🙂", 100)),
            callbackUrl = "/" + new string(filling, 2047),
        };
        (await browser.PostAsync("/auth/magic-link", body)).ShouldSucceed(202);
        var subject = email.ToUpperInvariant();
        var payload = await app.InspectAsync(db => db.OneTimeTokens.Where(t => t.Subject == subject).Select(t => t.Payload!).SingleAsync());
        Assert.That(payload, Has.Length.LessThanOrEqualTo(OneTimeToken.PayloadMaxLength));
        var token = (await app.Mail.WaitAsync(email))[0].Token;
        Assert.That(
            (string?)(await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed().Data["callbackUrl"],
            Is.EqualTo(body.callbackUrl)
        );
    }

    [Test]
    public async Task Request_RefusesInvalidUnicode()
    {
        using var browser = app.NewBrowser();
        var answer = await browser.PostAsync("/auth/magic-link", $$"""{"email":"{{TestApp.NewEmail()}}","callbackUrl":"/\ud800"}""");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "validation_failed")).Or.EqualTo((400, "invalid_callback")));
    }

    [Test]
    public async Task Request_TreatsNullAsAbsent()
    {
        using var browser = app.NewBrowser();
        (
            await browser.PostAsync("/auth/magic-link", $$"""{"email":"{{TestApp.NewEmail()}}","callbackUrl":null,"name":null}""")
        ).ShouldSucceed(202);
    }

    [Test]
    public async Task Redeem_RefusesACallback_WhoseOriginIsNoLongerTrusted()
    {
        using var browser = app.NewBrowser();
        var email = TestApp.NewEmail();
        (await browser.PostAsync("/auth/magic-link", new { email, callbackUrl = $"{Trusted}/x" })).ShouldSucceed(202);
        var token = (await app.Mail.WaitAsync(email))[0].Token;
        using var stricter = app.StartSibling(("App:PublicUrl", "https://round.example"));
        using var there = stricter.NewBrowser();
        var answer = (await there.PostAsync("/auth/magic-link/verify", new { token })).ShouldFail(400, "invalid_callback");
        Assert.That(answer.Headers.ContainsKey("Set-Cookie"), Is.False);
        Assert.That(there.SessionCookie, Is.Null);
    }
}
