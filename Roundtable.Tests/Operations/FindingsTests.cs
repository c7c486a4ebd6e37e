using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Infrastructure.Email;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>The findings of <c>doctor</c>, for admins.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class FindingsTests
{
    private const string Secret = "hunter2-hunter2";

    [Test]
    public async Task Findings_AreThoseOfDoctor_InItsOrder_WithAdvice()
    {
        await using var app = TestApp.Start();
        using var staff = await app.NewStaffAsync("system:read");
        var findings = (await staff.GetAsync("/admin/health/findings")).ShouldSucceed().Data;
        var checks = findings["checks"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => c!);
        Assert.Multiple(() =>
        {
            Assert.That(
                checks.Keys,
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
            Assert.That((string?)checks["integrity"]["status"], Is.EqualTo("healthy"));
            Assert.That((string?)checks["publicUrl"]["status"], Is.EqualTo("degraded"));
            Assert.That((string?)checks["publicUrl"]["description"], Does.Contain("App:PublicUrl"));
            Assert.That((string?)checks["mail"]["description"], Does.Contain("Email:Transport"));
            Assert.That((string?)findings["status"], Is.EqualTo("degraded"));
            foreach (var check in checks.Values.Where(c => c["template"] is not null))
            {
                Assert.That(Filled(check), Is.EqualTo((string?)check["description"]), "the sentence and its parts");
            }
        });
    }

    [Test]
    public async Task Findings_NeverShowSecrets_ConnectionStrings_OrFolders()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.PathOf("keys.pfx"), Certificates.Pkcs12(Secret));
        // Mail goes to files, from which the test signs in; the settings are those of a server, with a password.
        await using var app = TestApp.Start(
            s => s.Replace(ServiceDescriptor.Transient<IMailTransport>(p => p.GetRequiredService<PickupTransport>())),
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:UserName", "mailer"),
            ("Email:Smtp:Password", Secret),
            ("Email:SendGrid:ApiKey", $"SG.{Secret}"),
            ("DataProtection:CertificatePath", folder.PathOf("keys.pfx")),
            ("DataProtection:CertificatePassword", Secret),
            ("Auth:External:corp:Authority", $"https://127.0.0.1:{FreePort.Next()}"),
            ("Auth:External:corp:ClientId", "roundtable"),
            ("Auth:External:corp:ClientSecret", Secret)
        );
        using var staff = await app.NewStaffAsync("system:read");
        foreach (var path in new[] { "/admin/health", "/admin/health/findings", "/admin/health/setup" })
        {
            var text = (await staff.GetAsync(path)).ShouldSucceed().Text;
            Assert.That(
                text,
                Does.Not.Contain(Secret)
                    .And.Not.Contain("Data Source")
                    .And.Not.Contain("Password=")
                    .And.Not.Contain(folder.Name)
                    .And.Not.Contain("roundtable.db"),
                path
            );
        }
    }

    [Test]
    public async Task Findings_AreKept_UntilFreshOnesAreAskedFor_AndSharedByParallelCallers()
    {
        var probes = 0;
        await using var app = TestApp.Start(s =>
            s.Replace(
                ServiceDescriptor.Transient<IMailTransport>(p => new CountedTransport(p.GetRequiredService<PickupTransport>(), () =>
                    Interlocked.Increment(ref probes)
                ))
            )
        );
        using var staff = await app.NewStaffAsync("system:read");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GetAsync(staff, "?fresh=true")));
        Assert.That(probes, Is.EqualTo(1), "in parallel");
        var first = await GetAsync(staff, "");
        app.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That(await GetAsync(staff, "?fresh=false"), Is.EqualTo(first));
        Assert.That(await GetAsync(staff, "?fresh=true"), Is.Not.EqualTo(first));
        Assert.That(probes, Is.EqualTo(2), "fresh");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await GetAsync(staff, "");
        Assert.That(probes, Is.EqualTo(3), "too old");
        (await staff.GetAsync("/admin/health/findings?fresh=perhaps")).ShouldFail(400, "validation_failed");
    }

    private static async Task<string> GetAsync(Browser staff, string query) =>
        (string)(await staff.GetAsync($"/admin/health/findings{query}")).ShouldSucceed().Data["checkedAt"]!;

    private static string Filled(JsonNode check) =>
        Names().Replace((string)check["template"]!, m => check["data"]?[m.Groups[1].Value]?.ToString() ?? m.Value);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names();

    private sealed class CountedTransport(PickupTransport files, Action onProbe) : IMailTransport
    {
        public Task SendAsync(OutgoingMail mail, CancellationToken ct) => files.SendAsync(mail, ct);

        public Task<string> ProbeAsync(CancellationToken ct)
        {
            onProbe();
            return files.ProbeAsync(ct);
        }
    }
}
