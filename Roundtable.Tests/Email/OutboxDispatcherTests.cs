using Microsoft.Extensions.Logging;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

public sealed class OutboxDispatcherTests
{
    private OutboxHarness harness = null!;
    private OutboxDispatcher<OutboxMail> dispatcher = null!;

    [SetUp]
    public void SetUp()
    {
        harness = new OutboxHarness();
        dispatcher = harness.Dispatcher();
    }

    [TearDown]
    public void TearDown() => harness.Dispose();

    [Test]
    public async Task Drain_SendsAllDueMailsAndErasesTheirContent()
    {
        var ids = Enumerable.Range(0, 10).Select(i => harness.Enqueue($"user{i}@example.com")).ToList();
        Assert.That(await Drain(), Is.EqualTo(10));
        Assert.That(harness.Attempts.Select(m => m.Id), Is.EquivalentTo(ids));
        Assert.That(
            harness.Store.Rows,
            Has.All.Matches<OutboxMail>(r =>
                r is { Status: OutboxStatus.Sent, Attempts: 1, ProtectedContent: null, LeaseOwner: null, NextAttemptAtUtc: null }
                && r.SentAtUtc == harness.Now
            )
        );
        Assert.That(await Drain(), Is.Zero);
    }

    [Test]
    public async Task Drain_SendsDueMailsInParallel()
    {
        using var all = new CountdownEvent(4);
        harness.Transport = (_, ct) =>
        {
            all.Signal();
            return Task.Run(() => Assert.That(all.Wait(TimeSpan.FromSeconds(20), ct), Is.True), ct);
        };
        Enumerable.Range(0, 4).ToList().ForEach(_ => harness.Enqueue());
        await Drain();
        Assert.That(harness.Store.Rows, Has.All.Matches<OutboxMail>(r => r.Status == OutboxStatus.Sent));
    }

    [Test]
    public async Task Drain_TriesSixTimesWithBackOff_WhenTheTransportFails()
    {
        harness.Transport = (_, _) => throw new MailTransportException(DeliveryErrorCode.ServerError, "SMTP 451: try later");
        var id = harness.Enqueue();
        int[] waits = [10, 60, 5 * 60, 20 * 60, 60 * 60];
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.That(await Drain(), Is.EqualTo(1));
            var row = harness.Store[id];
            Assert.That((row.Status, row.Attempts, row.LastError), Is.EqualTo((OutboxStatus.Pending, attempt, "SMTP 451: try later")));
            Assert.That(row.NextAttemptAtUtc, Is.EqualTo(harness.Now.AddSeconds(waits[attempt - 1])));

            harness.Time.Advance(TimeSpan.FromSeconds(waits[attempt - 1] - 1));
            Assert.That(await Drain(), Is.Zero, "one second too early");
            harness.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(await Drain(), Is.EqualTo(1));
        var last = harness.Store[id];
        Assert.That((last.Status, last.Attempts, last.NextAttemptAtUtc), Is.EqualTo((OutboxStatus.Failed, 6, (DateTime?)null)));
        Assert.That(last.ProtectedContent, Is.Not.Null, "an admin can retry");
        harness.Time.Advance(TimeSpan.FromDays(30));
        Assert.That(await Drain(), Is.Zero);
        Assert.That(harness.Attempts.Select(m => m.Id).Distinct(), Is.EqualTo(new[] { id }), "the message ID does not change");
    }

    [TestCase(5, 10)]
    [TestCase(120, 120)]
    [TestCase(10 * 24 * 60 * 60, 24 * 60 * 60)]
    public async Task Drain_HonoursTheServersLongerDelay(int requested, int waited)
    {
        harness.Transport = (_, _) =>
            throw new MailTransportException(DeliveryErrorCode.TooMany, "SendGrid 429", TimeSpan.FromSeconds(requested));
        var id = harness.Enqueue();
        await Drain();
        Assert.That(harness.Store[id].NextAttemptAtUtc, Is.EqualTo(harness.Now.AddSeconds(waited)));
    }

    [Test]
    public async Task Drain_TimesOut_WhenTheTransportIgnoresCancellation()
    {
        harness.Transport = (_, _) => new TaskCompletionSource().Task;
        var id = harness.Enqueue();
        var draining = Drain();
        await Mails.Eventually(() => !harness.Attempts.IsEmpty, "the attempt");
        harness.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.That(await draining, Is.EqualTo(1));
        Assert.That(
            (harness.Store[id].Status, harness.Store[id].LastErrorCode),
            Is.EqualTo((OutboxStatus.Pending, (DeliveryErrorCode?)DeliveryErrorCode.TimedOut))
        );
    }

    [Test]
    public async Task Drain_StoresAndLogsNoSecret_WhenAnErrorContainsOne_CVE_2026_27946()
    {
        harness.Transport = (mail, _) => throw new InvalidOperationException($"{mail.To} {mail.Text}\n{new string('x', 1000)}");
        var id = harness.Enqueue();
        await Drain();
        var error = harness.Store[id].LastError!;
        Assert.That(error, Does.StartWith("[address]").And.Length.LessThanOrEqualTo(500));
        foreach (var text in harness.Logs.Select(l => l.Text).Append(error))
        {
            Assert.That(text, Does.Not.Contain("ada@").And.Not.Contain("token=").And.Not.Contain("\n"));
        }

        Assert.That(
            harness.Logs,
            Has.One.Matches<(LogLevel Level, string Text)>(l =>
                l.Level == LogLevel.Warning
                && l.Text.StartsWith($"email SendMail retrying: magic-link {id} to a***@example.com, attempt 1", StringComparison.Ordinal)
            )
        );
    }

    [Test]
    public async Task Drain_RecordsAFailure_WhenTheContentCannotBeDecrypted()
    {
        harness.Store.Add(OutboxMail.Create(new string('0', 32), null, "a***@example.com", "magic-link", "garbage", harness.Now));
        Assert.That(await Drain(), Is.EqualTo(1));
        Assert.That(harness.Store.Rows.Single().LastError, Is.Not.Empty.And.Not.Contain("Exception"));
        Assert.That(harness.Attempts, Is.Empty);
    }

    [Test]
    public async Task Drain_DoesNotUpdateTheRow_WhenTheLeaseWasLost()
    {
        var id = harness.Enqueue();
        harness.Transport = (_, _) =>
        {
            harness.Store.Steal(id, "another");
            return Task.CompletedTask;
        };
        await Drain();
        var row = harness.Store[id];
        Assert.That((row.Status, row.LeaseOwner, row.ProtectedContent is null), Is.EqualTo((OutboxStatus.Sending, "another", false)));
        Assert.That(harness.Logs, Has.One.Matches<(LogLevel, string Text)>(l => l.Text.Contains("leaseLost", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Drain_TakesOver_WhenAnotherWorkersLeaseExpired()
    {
        var id = harness.Enqueue();
        await harness.Store.ClaimAsync("crashed", 1, harness.Now, OutboxTiming.Lease, [], CancellationToken.None);
        harness.Time.Advance(OutboxTiming.Lease - TimeSpan.FromSeconds(1));
        Assert.That(await Drain(), Is.Zero);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await Drain(), Is.EqualTo(1));
        Assert.That(harness.Store[id].Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task Drain_NeverSendsTwice_WhenSeveralWorkersShareTheOutbox()
    {
        harness.Transport = (_, ct) => Task.Delay(1, ct);
        var ids = Enumerable.Range(0, 200).Select(i => harness.Enqueue($"user{i}@example.com")).ToList();
        var attempts = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => harness.Dispatcher().DrainAsync(CancellationToken.None)))
        );
        Assert.That(attempts.Sum(), Is.EqualTo(200));
        Assert.That(harness.Attempts.Select(m => m.Id), Is.EquivalentTo(ids));
    }

    [Test]
    public async Task Drain_RecordsTheOutcome_WhenTheDatabaseIsBrieflyUnavailable()
    {
        var failures = 4;
        harness.Store.Before = access => Throw(access == "sent" && failures-- > 0);
        var id = harness.Enqueue();
        await Advance(Drain());
        Assert.That(harness.Store[id].Status, Is.EqualTo(OutboxStatus.Sent));
        Assert.That(harness.Attempts, Has.Count.EqualTo(1));
        Assert.That(harness.Now - harness.Store[id].CreatedAtUtc, Is.LessThan(OutboxTiming.Lease - OutboxTiming.SendTimeout));
    }

    [Test]
    public async Task Drain_LogsAndContinues_WhenAnOutcomeCannotBeRecorded()
    {
        harness.Store.Before = access => Throw(access == "sent");
        harness.Enqueue();
        await Advance(Drain());
        Assert.That(
            harness.Logs,
            Has.One.Matches<(LogLevel Level, string Text)>(l =>
                l.Level == LogLevel.Error && l.Text.Contains("unrecorded", StringComparison.Ordinal)
            )
        );
    }

    private Task<int> Drain() => dispatcher.DrainAsync(CancellationToken.None);

    /// <summary>Advances the clock in small steps until the work completes.</summary>
    private async Task Advance(Task work) =>
        await Mails.Eventually(
            () =>
            {
                harness.Time.Advance(TimeSpan.FromMilliseconds(100));
                return work.IsCompleted;
            },
            "the work under a moving clock"
        );

    private static void Throw(bool away)
    {
        if (away)
        {
            throw new InvalidOperationException("The database is away.");
        }
    }
}
