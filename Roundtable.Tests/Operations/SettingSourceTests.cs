using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>Secrets from files, logs to files, addresses from proxies.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SettingSourceTests
{
    [Test]
    public async Task SecretFiles_OverrideOtherSources()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.PathOf("connection"), "  Data Source=from-file/users.db\n\n");
        await File.WriteAllTextAsync(folder.PathOf("password"), "hunter2-hunter2\r\n");
        await File.WriteAllBytesAsync(folder.PathOf("keys.pfx"), Certificates.Pkcs12("hunter2-hunter2"));
        using var server = await ServerProcess.ServeAsync(
            folder.Name,
            ("ConnectionStrings:Roundtable", "Data Source=from-environment/users.db"),
            ("ConnectionStrings:Roundtable:File", folder.PathOf("connection")),
            ("DataProtection:CertificatePath", folder.PathOf("keys.pfx")),
            ("DataProtection:CertificatePassword:File", folder.PathOf("password"))
        );
        Assert.That(File.Exists(folder.PathOf("from-file/users.db")), Is.True);
        Assert.That(Directory.Exists(folder.PathOf("from-environment")), Is.False);
    }

    [Test]
    public async Task Keys_AreEncrypted_WithACertificate()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.PathOf("keys.pfx"), Certificates.Pkcs12());
        using var server = await ServerProcess.ServeAsync(folder.Name, ("DataProtection:CertificatePath", "keys.pfx"));
        using var user = await server.SignInAsync(TestApp.NewEmail());
        var keys = Directory.GetFiles(folder.PathOf("App_Data/keys")).Select(File.ReadAllText).ToList();
        Assert.That(keys, Is.Not.Empty.And.All.Contains("EncryptedData").And.All.Not.Contains("masterKey"));
    }

    [Test]
    public async Task Log_IsWrittenToFiles_AsOneJsonObjectPerLine()
    {
        using var folder = new TempFolder();
        using (
            var server = await ServerProcess.ServeAsync(
                folder.Name,
                ("ASPNETCORE_ENVIRONMENT", "Production"),
                ("App:AllowDevelopmentDefaults", "true"),
                ("Logging:File:Path", folder.PathOf("logs/roundtable-.log"))
            )
        )
        {
            await server.NewBrowser().RawAsync(HttpMethod.Get, "/health/live");
            server.Terminate();
            Assert.That(await server.WaitForExitAsync(TimeSpan.FromSeconds(40)), Is.Zero);
            var file = Directory.GetFiles(folder.PathOf("logs")).Single();
            var lines = (await File.ReadAllLinesAsync(file)).Select(l => JsonNode.Parse(l)!).ToList();
            Assert.That(Path.GetFileName(file), Does.Match(@"^roundtable-\d{8}\.log$"));
            Assert.That(lines.Select(l => (string?)l["route"]), Does.Contain("/health/live"));
            Assert.That(lines, Has.Count.EqualTo(server.OutputLines.Count));
        }
    }

    [TestCase(true, "203.0.113.9")]
    [TestCase(false, "127.0.0.1")]
    [Category("threat-17")]
    public async Task ForwardedAddress_IsUsed_OnlyFromATrustedProxy(bool trusted, string expected)
    {
        await using var app = trusted
            ? TestApp.Start(("App:TrustedProxies:0", "127.0.0.0/8"))
            : TestApp.Start(("App:TrustedProxies:0", "10.0.0.0/8"));
        using var browser = app.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        var signedIn = (
            await browser.PostAsync("/auth/magic-link/verify", new { token }, ("X-Forwarded-For", "203.0.113.9"))
        ).ShouldSucceed();
        Assert.That((string?)signedIn.Data["session"]!["ipAddress"], Is.EqualTo(expected));
    }
}
