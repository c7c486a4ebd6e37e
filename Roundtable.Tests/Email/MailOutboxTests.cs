using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;

namespace Roundtable.Tests.Email;

public sealed class MailOutboxTests
{
    [Test]
    public async Task Enqueue_EncryptsTheContent_ForTheWorkerOnly_CVE_2026_39912()
    {
        using var harness = new OutboxHarness();
        var row = harness.Store[harness.Enqueue()];
        Assert.That(EntityId.IsValid(row.Id), Is.True);
        Assert.That(
            (row.Status, row.Attempts, row.UserId, row.Template),
            Is.EqualTo((OutboxStatus.Pending, 0, "user", MailTemplates.MagicLink))
        );
        Assert.That((row.ToMasked, row.CreatedAtUtc, row.NextAttemptAtUtc), Is.EqualTo(("a***@example.com", harness.Now, harness.Now)));
        Assert.That(row.ProtectedContent, Does.Not.Contain("ada@example.com").And.Not.Contain("token=").And.Not.Contain("Roundtable"));

        await harness.Dispatcher().DrainAsync(CancellationToken.None);
        var mail = harness.Attempts.Single();
        Assert.That((mail.Id, mail.To, mail.Subject), Is.EqualTo((row.Id, "ada@example.com", "Your sign-in link for Roundtable")));
        Assert.That(mail.Text, Does.Contain(Mails.Link));
        Assert.That(mail.Html, Does.Contain(Mails.Link));
        Assert.That(mail.ToString(), Does.Not.Contain("ada@").And.Not.Contain("token="));
    }

    [TestCase("ada@example.com, eve@example.com")]
    [TestCase("ada@example.com\r\nBcc: eve@example.com")]
    [TestCase("Ada <ada@example.com>")]
    public void Enqueue_Throws_WhenTheRecipientIsNotOneAddress_GHSA_7rqj_j65f_68wh(string to)
    {
        using var harness = new OutboxHarness();
        Assert.That(() => harness.Enqueue(to), Throws.ArgumentException.With.Message.Not.Contains("eve"));
        Assert.That(harness.Store.Rows, Is.Empty);
    }
}
