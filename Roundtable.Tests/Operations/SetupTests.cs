using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>What a new installation still needs, each item done and undone.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SetupTests
{
    [Test]
    public async Task Development_HasEverythingToDo()
    {
        await using var app = TestApp.Start();
        using var staff = await app.NewStaffAsync("system:read");
        var items = await ItemsAsync(staff);
        Assert.Multiple(() =>
        {
            Assert.That(
                items.Keys,
                Is.EqualTo(new[] { "publicUrl", "sender", "mail", "admin", "secondAdmin", "keys", "backup", "retention" })
            );
            Assert.That(
                items.Where(i => i.Value.Done).Select(i => i.Key),
                Is.EqualTo(Databases.Default == DatabaseProvider.Sqlite ? [] : new[] { "backup" })
            );
            Assert.That(items["mail"].Description, Does.Contain("Email:Transport"));
            Assert.That(items["retention"].Description, Is.EqualTo("Not decided: Audit:Retention."));
        });
    }

    [Test]
    public async Task Settings_AreDone_OnceTheySuitProduction()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.PathOf("keys.pfx"), Certificates.Pkcs12());
        await using var app = TestApp.Start(
            ("App:PublicUrl", "https://accounts.roundtable.dev"),
            ("Email:From", "Roundtable <no-reply@roundtable.dev>"),
            ("DataProtection:CertificatePath", folder.PathOf("keys.pfx")),
            ("Audit:Retention", "365.00:00:00")
        );
        using var staff = await app.NewStaffAsync("system:read");
        var items = await ItemsAsync(staff);
        Assert.Multiple(() =>
        {
            foreach (var name in new[] { "publicUrl", "sender", "keys", "retention" })
            {
                Assert.That(items[name].Done, Is.True, items[name].Description);
            }

            Assert.That(items["publicUrl"].Description, Does.Contain("https://accounts.roundtable.dev"));
            Assert.That(items["retention"].Description, Does.Contain("365 days"));
        });
    }

    [TestCase("http://accounts.roundtable.dev", Description = "not encrypted")]
    [TestCase("https://localhost:5443", Description = "only this machine can open it")]
    [TestCase("https://127.0.0.1:5443")]
    [TestCase("https://accounts.example.com", Description = "an example")]
    public async Task PublicUrl_IsUndone_IfOthersCannotUseIt(string url)
    {
        await using var app = TestApp.Start(("App:PublicUrl", url));
        using var staff = await app.NewStaffAsync("system:read");
        Assert.That((await ItemsAsync(staff))["publicUrl"].Done, Is.False);
    }

    [Test]
    public async Task LogFiles_NeedADecisionToo()
    {
        using var folder = new TempFolder();
        await using var app = TestApp.Start(("Audit:Retention", "36500.00:00:00"), ("Logging:File:Path", folder.PathOf("log-.log")));
        using var staff = await app.NewStaffAsync("system:read");
        Assert.That((await ItemsAsync(staff))["retention"].Description, Is.EqualTo("Not decided: Logging:File:RetainedFiles."));
    }

    [Test]
    public async Task Mail_IsDone_OnceTheTransportAcceptedOne_AlsoAfterARestart()
    {
        await using var app = StartWithSmtp();
        using var staff = await app.NewStaffAsync("system:read", "emails:retry", "emails:read");
        await Poll.UntilAsync(async () => (await ItemsAsync(staff))["mail"].Done);
        await using var restarted = app.StartSibling(("Email:Transport", "Smtp"), ("Email:Smtp:Host", "127.0.0.1"));
        Assert.That((await ItemsAsync(restarted.Copy(staff.SessionCookie)))["mail"].Done, Is.True);

        await using var changed = app.StartSibling(("Email:Transport", "SendGrid"), ("Email:SendGrid:ApiKey", "SG.hunter2-hunter2"));
        var mail = (await ItemsAsync(changed.Copy(staff.SessionCookie)))["mail"];
        Assert.That(mail.Done, Is.False, "another transport, which has not been tried");
        Assert.That(mail.Description, Does.StartWith("SendGrid has not accepted a mail yet."));
    }

    [Test]
    public async Task Admins_Count_OnceTheyAreTheirOwn_AndHaveSignedIn()
    {
        await using var app = TestApp.Start(("Auth:AdminEmails:1", "first@roundtable.dev"));
        using var staff = await app.NewStaffAsync("system:read");
        using var first = await app.SignInAsync("first@roundtable.dev");
        await IsAsync(staff, own: false, second: false, "named by the settings");
        var invited = (
            await first.PostAsync("/admin/users", new { email = "ada@roundtable.dev", roles = new[] { "admin" } })
        ).ShouldSucceed(201);
        await IsAsync(staff, own: false, second: false, "has not signed in");
        using var ada = await app.SignInAsync("ada@roundtable.dev");
        await IsAsync(staff, own: true, second: true, "two people");
        (await first.PostAsync($"/admin/users/{invited.IdOfData()}/ban", new { reason = "Left" })).ShouldSucceed();
        await IsAsync(staff, own: false, second: false, "one is banned");
    }

    [TestCase(0, true)]
    [TestCase(6, true)]
    [TestCase(8, false)]
    public async Task Backup_IsDone_WhileItIsRecent(int days, bool done)
    {
        await using var app = TestApp.Start();
        if (Databases.Default != DatabaseProvider.Sqlite)
        {
            Assert.Ignore("SQL Server has backups of its own.");
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<Roundtable.Application.Operations.BackupRecord>()
                .AddAsync(4096, CancellationToken.None);
        }

        app.Clock.Advance(TimeSpan.FromDays(days));
        using var staff = await app.NewStaffAsync("system:read");
        var backup = (await ItemsAsync(staff))["backup"];
        Assert.That(backup.Done, Is.EqualTo(done));
        Assert.That(backup.Description, Does.StartWith("The last backup was made at "));
    }

    [Test]
    public async Task TestMail_GoesToTheAdmin()
    {
        await using var app = TestApp.Start();
        using var staff = await app.NewStaffAsync("emails:retry", "emails:read");
        var email = (string)(await staff.GetAsync("/users/me")).Data["email"]!;
        (await staff.PostAsync("/admin/emails/test")).ShouldSucceed(202);
        var tests = (await staff.GetAsync($"/admin/emails?userId={staff.UserId}")).Items.Where(m => (string?)m["template"] == "test");
        Assert.That(tests.Count(), Is.EqualTo(1));
        Assert.That((await app.NewestMailAsync(email, "A test of the mail")).Text, Does.Contain("mails of Roundtable arrive"));
        var entries = await app.InspectAsync(db => db.AuditEntries.CountAsync(e => e.Action == "email.tested"));
        Assert.That(entries, Is.EqualTo(1));
    }

    [Test]
    public async Task TestMail_SaysWhyItFailed()
    {
        await using var app = StartWithSmtp(failsTests: true);
        using var staff = await app.NewStaffAsync("emails:retry", "emails:read");
        (await staff.PostAsync("/admin/emails/test")).ShouldSucceed(202);
        await Poll.UntilAsync(async () => (string?)(await NewestAsync(staff))["lastError"] is not null);
        var mail = await NewestAsync(staff);
        Assert.That((string?)mail["template"], Is.EqualTo("test"));
        Assert.That((string?)mail["status"], Is.EqualTo("pending"));
        Assert.That(((string?)mail["lastError"], (string?)mail["lastErrorCode"]), Is.EqualTo(("552 The mailbox is full.", "full")));
    }

    [Test]
    public async Task OtherPermissions_DoNotShowIt_NorSendTests()
    {
        await using var app = TestApp.Start();
        using var staff = await app.NewStaffAsync("emails:read", "users:list");
        foreach (var path in new[] { "setup", "findings" })
        {
            (await staff.GetAsync($"/admin/health/{path}")).ShouldFail(403, "forbidden");
        }

        (await staff.PostAsync("/admin/emails/test")).ShouldFail(403, "forbidden");
    }

    private static async Task IsAsync(Browser staff, bool own, bool second, string why)
    {
        var items = await ItemsAsync(staff);
        Assert.That((items["admin"].Done, items["secondAdmin"].Done), Is.EqualTo((own, second)), why);
    }

    // Counts as a mail server, and writes files, from which tests sign in.
    private static TestApp StartWithSmtp(bool failsTests = false) =>
        TestApp.Start(
            s =>
                s.Replace(
                    ServiceDescriptor.Transient<IMailTransport>(p => new FileTransport(p.GetRequiredService<PickupTransport>(), failsTests))
                ),
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1")
        );

    private static async Task<JsonNode> NewestAsync(Browser staff) =>
        (await staff.GetAsync($"/admin/emails?userId={staff.UserId}&limit=1")).ShouldSucceed().Items.Single();

    private static async Task<Dictionary<string, (bool Done, string Description)>> ItemsAsync(Browser staff) =>
        (await staff.GetAsync("/admin/health/setup")).ShouldSucceed().Data["checks"]!
            .AsArray()
            .ToDictionary(c => (string)c!["name"]!, c => ((string?)c!["status"] == "healthy", (string)c["description"]!));

    private sealed class FileTransport(PickupTransport files, bool failsTests) : IMailTransport
    {
        public Task SendAsync(OutgoingMail mail, CancellationToken ct) =>
            failsTests && mail.Subject.StartsWith("A test", StringComparison.Ordinal)
                ? throw new MailTransportException(DeliveryErrorCode.Full, "552 The mailbox is full.")
                : files.SendAsync(mail, ct);

        public Task<string> ProbeAsync(CancellationToken ct) => files.ProbeAsync(ct);
    }
}
