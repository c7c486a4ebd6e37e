using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>What <c>doctor</c> finds; it says what to do and reveals no secrets.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DoctorTests
{
    private const string Secret = "hunter2-hunter2";

    [Test]
    public async Task Doctor_ExitsWith0_AndOneLineForEachCheck_WhenHealthy()
    {
        using var folder = new TempFolder();
        await ProgramRun.RunAsync(folder.Name, [], "create-admin", "--email", "root@roundtable.dev");
        var doctor = await RunAsync(folder);
        Assert.Multiple(() =>
        {
            Assert.That(doctor.ExitCode, Is.Zero, doctor.Output + doctor.Errors);
            Assert.That(doctor.OutputLines, Is.All.Match("^(ok|warning) [a-zA-Z]+: .+$"));
            Assert.That(
                doctor.OutputLines.Select(l => l.Split(' ', ':')[1]),
                Is.EqualTo(
                    new[]
                    {
                        "configuration",
                        "publicUrl",
                        "proxies",
                        "database",
                        "schema",
                        "isolation",
                        "integrity",
                        "disk",
                        "keys",
                        "mail",
                        "externalProviders",
                        "clock",
                        "admin",
                    }
                )
            );
            Assert.That(Line(doctor, "admin"), Does.StartWith("ok "));
            Assert.That(Line(doctor, "integrity"), Does.StartWith("ok "));
            Assert.That(Line(doctor, "mail"), Does.StartWith("warning ").And.Contain("Email:Transport"));
            Assert.That(Line(doctor, "publicUrl"), Does.StartWith("warning ").And.Contain("App:PublicUrl"));
        });
    }

    [Test]
    public async Task Doctor_NamesAProvider_WhoseDiscoveryDocumentCannotBeRead()
    {
        using var folder = new TempFolder();
        var doctor = await RunAsync(
            folder,
            ("Auth:External:corp:Authority", $"https://127.0.0.1:{FreePort.Next()}"),
            ("Auth:External:corp:ClientId", "roundtable"),
            ("Auth:External:corp:ClientSecret", "a secret of the client")
        );
        Assert.That(doctor.ExitCode, Is.EqualTo(1));
        Assert.That(Line(doctor, "externalProviders"), Does.StartWith("problem ").And.Contain("corp"));
        Assert.That(doctor.Output, Does.Not.Contain("a secret of"));
    }

    [Test]
    public async Task Doctor_SuggestsTheFirstStep_AndCreatesNothing_WithoutADatabase()
    {
        using var folder = new TempFolder();
        var doctor = await RunAsync(
            folder,
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:Port", $"{FreePort.Next()}"),
            ("Email:Smtp:UserName", "u"),
            ("Email:Smtp:Password", Secret)
        );
        Assert.Multiple(() =>
        {
            Assert.That(doctor.ExitCode, Is.EqualTo(1));
            Assert.That(Line(doctor, "database"), Does.StartWith("problem ").And.Contain("migrate"));
            Assert.That(Line(doctor, "schema"), Does.StartWith("problem "));
            Assert.That(Line(doctor, "mail"), Does.StartWith("problem ").And.Contain("Email:Smtp"));
            Assert.That(doctor.Output + doctor.Errors, Does.Not.Contain(Secret));
            Assert.That(doctor.Output, Does.Not.Contain("check itself failed"));
            Assert.That(File.Exists(DatabaseOf(folder)), Is.False);
        });
    }

    [Test]
    public async Task InvalidSettings_AreReported()
    {
        using var folder = new TempFolder();
        var doctor = await RunAsync(folder, ("Auth:Session:Lifetime", "soon"), ("Email:Smtp:Hots", Secret));
        Assert.Multiple(() =>
        {
            Assert.That(doctor.ExitCode, Is.EqualTo(1));
            Assert.That(doctor.OutputLines, Has.Count.EqualTo(2).And.All.StartsWith("problem configuration: "));
            Assert.That(doctor.Output + doctor.Errors, Does.Not.Contain(Secret));
        });
    }

    [Test]
    public async Task InvalidMailTemplate_IsReported_AmongTheOtherChecks()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.PathOf("templates"));
        await File.WriteAllTextAsync(folder.PathOf("templates/banned.text.hbs"), "{{raeson}}");
        var doctor = await RunAsync(folder, ("Email:Templates:Directory", "templates"));
        Assert.Multiple(() =>
        {
            Assert.That(doctor.ExitCode, Is.EqualTo(1));
            Assert.That(
                Line(doctor, "mail"),
                Does.StartWith("problem mail: Email:Templates:Directory/banned.text.hbs has the tag {{raeson}}")
            );
            Assert.That(Line(doctor, "publicUrl"), Does.StartWith("warning "));
        });
    }

    [Test]
    public async Task DevelopmentDefaults_AreProblemsInProduction_UnlessAllowed([Values] bool allowed)
    {
        using var folder = new TempFolder();
        MigratedFile.CopyTo(DatabaseOf(folder));
        var doctor = await RunAsync(
            folder,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Auth:AdminEmails:0", TestApp.AdminEmail),
            ("App:AllowDevelopmentDefaults", allowed ? "true" : "false")
        );
        var found = doctor.OutputLines.Where(l => l.Contains(" configuration:", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(doctor.ExitCode, Is.EqualTo(allowed ? 0 : 1), doctor.Output);
            Assert.That(found, Has.Count.EqualTo(4).And.All.StartsWith(allowed ? "warning" : "problem"));
        });
    }

    [Test]
    public async Task Corruption_IsReported()
    {
        using var folder = new TempFolder();
        MigratedFile.CopyTo(DatabaseOf(folder));
        await using (var file = File.OpenWrite(DatabaseOf(folder)))
        {
            file.Position = 3 * 4096;
            file.Write(Enumerable.Repeat((byte)0xFF, 4 * 4096).ToArray());
        }

        var doctor = await RunAsync(folder);
        Assert.That(doctor.ExitCode, Is.EqualTo(1));
        Assert.That(Line(doctor, "integrity"), Does.StartWith("problem "));
    }

    [Test]
    public async Task UndecryptableKeys_AreProblems_AndUnprotectedOnesWarnings()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.PathOf("old.pfx"), Certificates.Pkcs12());
        await File.WriteAllBytesAsync(folder.PathOf("new.pfx"), Certificates.Pkcs12(Secret));
        using (var server = await ServerProcess.ServeAsync(folder.Name, ("DataProtection:CertificatePath", "old.pfx")))
        {
            using var user = await server.SignInAsync(TestApp.NewEmail());
        }

        var same = await RunAsync(folder, ("DataProtection:CertificatePath", folder.PathOf("old.pfx")));
        var changed = await RunAsync(
            folder,
            ("DataProtection:CertificatePath", folder.PathOf("new.pfx")),
            ("DataProtection:CertificatePassword", Secret)
        );
        var rotated = await RunAsync(
            folder,
            ("DataProtection:CertificatePath", folder.PathOf("new.pfx")),
            ("DataProtection:CertificatePassword", Secret),
            ("DataProtection:PreviousCertificatePath", folder.PathOf("old.pfx"))
        );
        Assert.Multiple(() =>
        {
            Assert.That(Line(same, "keys"), Does.StartWith("ok "));
            Assert.That(Line(changed, "keys"), Does.StartWith("problem ").And.Contain("PreviousCertificatePath"));
            Assert.That(Line(rotated, "keys"), Does.StartWith("ok "));
            Assert.That(changed.Output + changed.Errors + rotated.Output, Does.Not.Contain(Secret));
        });
    }

    [Test]
    public async Task MailServer_IsProbed()
    {
        using var folder = new TempFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeted = GreetAsync(listener);
        var doctor = await RunAsync(
            folder,
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:UseTls", "false"),
            ("Email:Smtp:Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}")
        );
        Assert.That(Line(doctor, "mail"), Does.StartWith("ok "), doctor.Output);
        Assert.That(await greeted, Does.StartWith("EHLO"));
    }

    [Test]
    public async Task SendGrid_IsProbedWithTheKey_WhichIsNotShown([Values(200, 401)] int status)
    {
        using var folder = new TempFolder();
        using var listener = new HttpListener();
        var port = FreePort.Next();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var request = AnswerAsync(listener, status);
        var doctor = await RunAsync(
            folder,
            ("Email:Transport", "SendGrid"),
            ("Email:SendGrid:ApiKey", Secret),
            ("Email:SendGrid:BaseUrl", $"http://127.0.0.1:{port}")
        );
        var (path, authorization) = await request;
        Assert.Multiple(() =>
        {
            Assert.That(path, Is.EqualTo("/v3/scopes"));
            Assert.That(authorization, Is.EqualTo($"Bearer {Secret}"));
            Assert.That(Line(doctor, "mail"), Does.StartWith(status == 200 ? "ok " : "problem "));
            Assert.That(doctor.Output + doctor.Errors, Does.Not.Contain(Secret));
        });
    }

    [Test]
    public async Task Clock_BehindTheNewestRecord_IsAProblem()
    {
        using var folder = new TempFolder();
        await ProgramRun.RunAsync(folder.Name, [], "create-admin", "--email", "root@roundtable.dev");
        await using (var connection = new SqliteConnection($"Data Source={DatabaseOf(folder)};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE AuditEntries SET CreatedAtUtc = '2099-01-01 00:00:00'";
            await command.ExecuteNonQueryAsync();
        }

        var doctor = await RunAsync(folder);
        Assert.That(Line(doctor, "clock"), Does.StartWith("problem "));
    }

    [TestCase("0.0.0.0/0", "problem")]
    [TestCase("10.0.0.0/8", "ok")]
    [TestCase("", "warning")]
    public async Task Proxies_AreChecked(string proxy, string expected)
    {
        using var folder = new TempFolder();
        (string, string)[] trusted = proxy.Length == 0 ? [] : [("App:TrustedProxies:0", proxy)];
        var doctor = await RunAsync(folder, [("App:PublicUrl", "https://accounts.roundtable.dev"), .. trusted]);
        Assert.That(Line(doctor, "proxies"), Does.StartWith($"{expected} "));
    }

    private static Task<ProgramRun> RunAsync(TempFolder folder, params (string, string)[] settings) =>
        ProgramRun.RunAsync(folder.Name, settings, "doctor");

    private static string DatabaseOf(TempFolder folder) => folder.PathOf("App_Data/roundtable.db");

    private static string Line(ProgramRun doctor, string name) =>
        doctor.OutputLines.SingleOrDefault(l => l.Split(' ')[1] == $"{name}:") ?? $"no line: {doctor.Output}{doctor.Errors}";

    private static async Task<string?> GreetAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await stream.WriteAsync("220 mail.test ESMTP\r\n"u8.ToArray());
        var hello = await reader.ReadLineAsync();
        await stream.WriteAsync("250 mail.test\r\n"u8.ToArray());
        await reader.ReadLineAsync();
        await stream.WriteAsync("221 bye\r\n"u8.ToArray());
        return hello;
    }

    private static async Task<(string? Path, string? Authorization)> AnswerAsync(HttpListener listener, int status)
    {
        var context = await listener.GetContextAsync();
        var request = (context.Request.Url?.AbsolutePath, context.Request.Headers["Authorization"]);
        context.Response.StatusCode = status;
        context.Response.Close();
        return request;
    }
}
