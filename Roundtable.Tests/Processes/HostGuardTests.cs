using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>In Production, only configured hosts are served, and links use only the public URL.</summary>
[Category("threat-8")]
public sealed class HostGuardTests
{
    private TempFolder folder = null!;
    private ServerProcess server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TempFolder();
        server = await ServerProcess.ServeAsync(
            folder.Name,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("App:AllowDevelopmentDefaults", "true"),
            ("App:PublicUrl", "https://accounts.example.com"),
            ("App:TrustedOrigins:0", "https://app.example.com:8443")
        );
    }

    [OneTimeTearDown]
    public void Stop()
    {
        server?.Dispose();
        folder?.Dispose();
    }

    [TestCase("accounts.example.com")]
    [TestCase("accounts.example.com:443")]
    [TestCase("ACCOUNTS.example.com")]
    [TestCase("app.example.com:8443")]
    public async Task Request_IsAccepted_WhenHostIsConfigured(string host)
    {
        using var browser = server.NewBrowser();
        (await browser.GetAsync("/auth/session", ("Host", host))).ShouldSucceed();
    }

    [TestCase("evil.example")]
    [TestCase("accounts.example.com.evil.example")]
    [TestCase("evil-accounts.example.com")]
    [TestCase("accounts.example.com:8443")]
    [TestCase("app.example.com")]
    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task Request_IsRefused_WhenHostIsUnknown(string host)
    {
        using var browser = server.NewBrowser();
        (await browser.GetAsync("/auth/session", ("Host", host))).ShouldFail(400, "bad_request");
        (await browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }, ("Host", host))).ShouldFail(400, "bad_request");
    }

    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_IsAccepted_ForAnyHost(string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.BaseAddress, path));
        request.Headers.Host = "10.0.0.7:5080";
        using var answer = await http.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Link_UsesThePublicUrl_IgnoringRequestHeaders()
    {
        using var browser = server.NewBrowser();
        var email = TestApp.NewEmail();
        var answer = await browser.PostAsync(
            "/auth/magic-link",
            new { email },
            ("Host", "app.example.com:8443"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "http"),
            ("X-Original-Host", "evil.example"),
            ("Forwarded", "host=evil.example")
        );
        answer.ShouldSucceed(202);
        var mail = (await server.Mail.WaitAsync(email)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(mail.Text, Does.Contain("https://accounts.example.com/magic-link#token="));
            Assert.That(mail.Raw, Does.Not.Contain("evil.example").And.Not.Contain("app.example.com"));
        });
    }
}
