using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Many mails are retried at once: those named, or all that failed, each with its own result.</summary>
public sealed class MailRetryTests
{
    private static readonly DateTime Long = new(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private TestApp app = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start();
        admin = await app.RootAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task NamedMails_AreRetried_EachWithItsResult()
    {
        var failed = await AddAsync(OutboxStatus.Failed);
        var waiting = await AddAsync(OutboxStatus.Pending);
        var sent = await AddAsync(OutboxStatus.Sent);
        var unknown = new string('0', 32);
        var data = (await RetryAsync(new { ids = new[] { failed, unknown, waiting, sent, failed } })).ShouldSucceed().Data;
        Assert.Multiple(() =>
        {
            Assert.That(
                data["results"]!.AsArray().Select(r => ((string)r!["id"]!, (bool)r["ok"]!, (string?)r["code"])),
                Is.EqualTo(
                    new[] { (failed, true, null), (unknown, false, "not_found"), (waiting, true, null), (sent, false, (string?)"conflict") }
                )
            );
            Assert.That((int?)data["succeeded"], Is.EqualTo(2));
            Assert.That((int?)data["failed"], Is.EqualTo(2));
            Assert.That((bool?)data["more"], Is.False);
        });
        foreach (var id in new[] { failed, waiting })
        {
            Assert.That((await admin.GetAsync($"/admin/audit-log?action=email.retried&target={id}")).Items, Has.Count.EqualTo(1));
            Assert.That((await FindAsync(id)).NextAttemptAtUtc, Is.LessThan(Long), "due at once");
        }

        Assert.That((await admin.GetAsync($"/admin/audit-log?action=email.retried&target={sent}")).Items, Is.Empty);
        Assert.That((await FindAsync(sent)).Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task FailedMailsOfAUser_AreRetried_AtOnce()
    {
        using var user = await app.NewUserAsync();
        using var other = await app.NewUserAsync();
        var mine = new[] { await AddAsync(OutboxStatus.Failed, user.UserId), await AddAsync(OutboxStatus.Failed, user.UserId) };
        var waiting = await AddAsync(OutboxStatus.Pending, user.UserId);
        var foreign = await AddAsync(OutboxStatus.Failed, other.UserId);
        var data = (await RetryAsync(new { userId = user.UserId })).ShouldSucceed().Data;
        Assert.That(data["results"]!.AsArray().Select(r => (string?)r!["id"]), Is.EqualTo(mine), "the failed ones, oldest first");
        Assert.That((await FindAsync(waiting)).NextAttemptAtUtc, Is.EqualTo(Long), "it waits on");
        Assert.That((await FindAsync(foreign)).Status, Is.EqualTo(OutboxStatus.Failed));

        data = (await RetryAsync(new { userId = other.UserId })).ShouldSucceed().Data;
        Assert.That((int?)data["succeeded"], Is.EqualTo(1));
        data = (await RetryAsync(new { userId = other.UserId })).ShouldSucceed().Data;
        Assert.That(data["results"]!.AsArray(), Is.Empty, "none is left");
    }

    [Test]
    public async Task ManyMails_AreRetried_500AtATime()
    {
        using var user = await app.NewUserAsync();
        await app.ArrangeAsync(db =>
        {
            for (var i = 0; i < 501; i++)
            {
                db.OutboxMails.Add(New(OutboxStatus.Failed, user.UserId));
            }

            return Task.CompletedTask;
        });
        var data = (await RetryAsync(new { userId = user.UserId })).ShouldSucceed().Data;
        Assert.That(((int?)data["succeeded"], (bool?)data["more"]), Is.EqualTo((500, true)));
        data = (await RetryAsync(new { userId = user.UserId })).ShouldSucceed().Data;
        Assert.That(((int?)data["succeeded"], (bool?)data["more"]), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task ConcurrentRetries_RetryEachMailAndAuditIt()
    {
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await AddAsync(OutboxStatus.Failed));
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RetryAsync(new { ids })));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200), answers[0].Text);
        foreach (var id in ids)
        {
            Assert.That((await FindAsync(id)).Status, Is.Not.EqualTo(OutboxStatus.Failed).And.Not.EqualTo(OutboxStatus.Sent));
        }
    }

    [TestCase("""{"ids":[]}""", "ids", "count")]
    [TestCase("""{"ids":["x"]}""", "ids", "not_an_id")]
    [TestCase("""{"ids":["00000000000000000000000000000000"],"userId":"00000000000000000000000000000000"}""", "userId", "invalid")]
    [TestCase("""{"userId":"00000000000000000000000000000000"}""", "userId", "not_found")]
    public async Task BadOrders_AreRefused(string body, string field, string code)
    {
        var answer = (await RetryAsync(body)).ShouldFail(400, "validation_failed");
        Assert.That((string?)answer.Json["reasons"]![field]![0]!["code"], Is.EqualTo(code), answer.Text);
    }

    [Test]
    public async Task TooManyIds_OrNone_AreRefused()
    {
        (await RetryAsync("""{"ids":[null]}""")).ShouldFail(400, "validation_failed");
        (await RetryAsync(new { ids = Enumerable.Range(0, 501).Select(_ => Guid.NewGuid().ToString("N")) })).ShouldFail(
            400,
            "validation_failed"
        );
    }

    [Test]
    public async Task Retrying_RequiresThePermission()
    {
        var failed = await AddAsync(OutboxStatus.Failed);
        using var reader = await app.NewStaffAsync("emails:read");
        (await reader.PostAsync("/admin/emails/retry", new { ids = new[] { failed } })).ShouldFail(403, "forbidden");
        Assert.That((await FindAsync(failed)).Status, Is.EqualTo(OutboxStatus.Failed));
    }

    private Task<Answer> RetryAsync(object body) => admin.PostAsync("/admin/emails/retry", body);

    private async Task<string> AddAsync(OutboxStatus status, string? userId = null)
    {
        var mail = New(status, userId);
        await app.ArrangeAsync(db =>
        {
            db.OutboxMails.Add(mail);
            return Task.CompletedTask;
        });
        return mail.Id;
    }

    private Task<OutboxMail> FindAsync(string id) => app.InspectAsync(db => db.OutboxMails.AsNoTracking().SingleAsync(m => m.Id == id));

    // A mail's states follow from attempts to send it; here they are given. The content cannot be decrypted, so none is ever sent.
    private OutboxMail New(OutboxStatus status, string? userId)
    {
        var mail = OutboxMail.Create(EntityId.New(app.Now), userId, "a***@example.com", "magic-link", "not readable", Long);
        typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.Status))!.SetValue(mail, status);
        return mail;
    }
}
