using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Admins see the status of mails, never their content, and can retry them.</summary>
public sealed class OutboxAdministrationTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static TestApp App => TestApp.Current;

    [Test]
    public async Task List_ShowsMails_WithoutContent()
    {
        using var admin = await App.NewAdminAsync();
        var email = TestApp.NewEmail("secret");
        using var browser = App.NewBrowser();
        var token = await browser.RequestLinkAsync(email);
        var answer = (await admin.GetAsync("/admin/emails?limit=100&includeTotal=true")).ShouldSucceed();
        var mail = answer.Items.First(m => (string?)m["to"] == "s***@example.com");
        Assert.Multiple(() =>
        {
            Assert.That(
                mail.AsObject().Select(m => m.Key),
                Is.EquivalentTo(
                    new[]
                    {
                        "id",
                        "userId",
                        "to",
                        "template",
                        "status",
                        "attempts",
                        "lastError",
                        "lastErrorCode",
                        "createdAt",
                        "nextAttemptAt",
                        "sentAt",
                    }
                )
            );
            Assert.That(answer.Text, Does.Not.Contain(token).And.Not.Contain(email));
            Assert.That((int?)answer.Data["pagination"]!["total"], Is.GreaterThan(0));
        });
        (await admin.GetAsync("/admin/emails?status=lost")).ShouldFail(400, "validation_failed");
        (await admin.GetAsync("/admin/emails?cursor=x")).ShouldFail(400, "invalid_cursor");
        Assert.That((await admin.GetAsync("/admin/emails?status=failed")).ShouldSucceed().Items, Is.Empty);
    }

    [Test]
    public async Task List_ShowsTheMailsOfOneUser()
    {
        using var admin = await App.NewAdminAsync();
        using var user = await App.NewUserAsync();
        using var other = await App.NewUserAsync();
        (await admin.PostAsync($"/admin/users/{user.UserId}/magic-link")).ShouldSucceed(202);
        (await admin.PostAsync($"/admin/users/{user.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        (await admin.PostAsync($"/admin/users/{other.UserId}/ban", new { reason = "Spam" })).ShouldSucceed();
        var mails = (await admin.GetAsync($"/admin/emails?userId={user.UserId}&includeTotal=true")).ShouldSucceed();
        Assert.That(mails.Items.Select(m => (string?)m["template"]), Is.EqualTo(new[] { "banned", "invitation" }), mails.Text);
        Assert.That((int?)mails.Data["pagination"]!["total"], Is.EqualTo(2));
        Assert.That(mails.Items.Select(m => (string?)m["userId"]), Is.All.EqualTo(user.UserId));
        var first = (await admin.GetAsync($"/admin/emails?userId={user.UserId}&limit=1")).ShouldSucceed();
        var cursor = Uri.EscapeDataString((string)first.Data["pagination"]!["nextCursor"]!);
        Assert.That(
            (string?)
                (await admin.GetAsync($"/admin/emails?userId={user.UserId}&cursor={cursor}")).ShouldSucceed().Items.Single()["template"],
            Is.EqualTo("invitation")
        );
        (await admin.GetAsync($"/admin/emails?userId={other.UserId}&cursor={cursor}")).ShouldFail(400, "invalid_cursor");
        (await admin.GetAsync($"/admin/emails?userId={new string('0', 32)}")).ShouldFail(400, "validation_failed");
    }

    [Test]
    public async Task SentMails_CannotBeRetried()
    {
        using var admin = await App.NewAdminAsync();
        var sent = (await admin.GetAsync("/admin/emails?status=sent&limit=1")).ShouldSucceed().Items.Single();
        (await admin.PostAsync($"/admin/emails/{(string)sent["id"]!}/retry")).ShouldFail(409, "conflict");
        (await admin.PostAsync($"/admin/emails/{new string('0', 32)}/retry")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task FailedMails_CanBeRetried()
    {
        // The admin signs in with a password because no link would arrive.
        await using var stuck = TestApp.Start(
            ("Email:Transport", "Smtp"),
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:Port", $"{FreePort.Next()}"),
            ("Email:Smtp:UseTls", "false")
        );
        const string password = "correct horse battery";
        await stuck.ArrangeAsync(db =>
        {
            var user = User.Create(People.Parse("stuck@example.com"), null, UserOrigin.Imported, stuck.Now);
            user.VerifyEmail(stuck.Now);
            user.SetRoles(["admin"], stuck.Now);
            user.Credentials.SetPassword(new PasswordHasher<object>().HashPassword(user, password));
            db.Users.Add(user);
            return Task.CompletedTask;
        });
        using var admin = stuck.NewBrowser();
        (await admin.PostAsync("/auth/sign-in", new { email = "stuck@example.com", password })).ShouldSucceed();
        (await admin.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail("never") })).ShouldSucceed(202);
        var mail = await WaitAsync(admin, m => (int)m["attempts"]! == 1);
        Assert.Multiple(() =>
        {
            Assert.That((string?)mail["status"], Is.EqualTo("pending"));
            Assert.That((string?)mail["lastError"], Is.Not.Empty);
            Assert.That(mail["nextAttemptAt"], Is.Not.Null);
        });
        for (var attempt = 2; attempt <= 6; attempt++)
        {
            stuck.Clock.Advance(TimeSpan.FromHours(1));
            mail = await WaitAsync(admin, m => (int)m["attempts"]! == attempt);
        }

        Assert.That((string?)mail["status"], Is.EqualTo("failed"));
        Assert.That(mail["nextAttemptAt"], Is.Null);
        var listed = (await admin.GetAsync("/admin/emails?status=failed")).ShouldSucceed().Items;
        Assert.That(listed, Has.Count.EqualTo(1));
        (await admin.PostAsync($"/admin/emails/{(string)mail["id"]!}/retry")).ShouldSucceed(202);
        mail = await WaitAsync(admin, m => (int)m["attempts"]! <= 1);
        Assert.That((string?)mail["status"], Is.EqualTo("pending").Or.EqualTo("sending"));
        Assert.That(
            (await admin.GetAsync($"/admin/audit-log?action=email.retried&target={(string)mail["id"]!}")).Items,
            Has.Count.EqualTo(1)
        );
        var stats = (await admin.GetAsync("/admin/stats")).ShouldSucceed().Data;
        Assert.That((int?)stats["totals"]!["emailsFailed"], Is.EqualTo(1));
    }

    private static async Task<JsonNode> WaitAsync(Browser admin, Func<JsonNode, bool> done)
    {
        for (var deadline = DateTime.UtcNow + Timeout; ; await Task.Delay(50))
        {
            var newest = (await admin.GetAsync("/admin/emails?limit=1")).ShouldSucceed().Items[0];
            if (done(newest))
            {
                return newest;
            }

            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), newest.ToJsonString());
        }
    }
}
