using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>In Development, a web page reaches nothing through its own host name that points at this machine.</summary>
[Category("threat-46")]
public sealed class DevelopmentHostTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() =>
        app = TestApp.Start(("App:PublicUrl", "http://round.example:5080"), ("App:TrustedOrigins:0", "https://app.example.com"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("localhost")]
    [TestCase("localhost:5173")]
    [TestCase("LOCALHOST")]
    [TestCase("dev.localhost:5080")]
    [TestCase("127.0.0.1:5080")]
    [TestCase("127.9.9.9")]
    [TestCase("[::1]:5080")]
    [TestCase("round.example:5080")]
    [TestCase("ROUND.example")]
    public async Task Request_IsAccepted_WhenHostIsLoopbackOrPublicHost(string host) =>
        Assert.That((await Wire.SendAsync(app, HttpMethod.Get, "/api/v1/auth/session", null, ("Host", host))).Status, Is.EqualTo(200));

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example")]
    [TestCase("evillocalhost")]
    [TestCase("127.0.0.1.evil.example")]
    [TestCase("round.example.evil.example")]
    [TestCase("evil-round.example")]
    [TestCase("app.example.com")]
    [TestCase("10.0.0.7:5080")]
    [TestCase("0.0.0.0:5080")]
    [TestCase("[fe80::1]:5080")]
    public async Task Request_IsRefused_WhenHostIsUnknown(string host)
    {
        foreach (
            var path in (string[])
                ["/api/v1/auth/session", "/api/v1/dev/mails", "/api/v1/auth/magic-link", "/openapi/v1.json", "/docs", "/", "/mailbox"]
        )
        {
            var answer = await Wire.SendAsync(app, HttpMethod.Get, path, null, ("Host", host));
            Assert.That(answer.Status, Is.EqualTo(400), path);
            Assert.That(answer.Text, Does.Not.Contain("items"), path);
        }

        Assert.That((await Wire.SendAsync(app, HttpMethod.Get, "/health/live", null, ("Host", host))).Status, Is.EqualTo(200));
    }
}
