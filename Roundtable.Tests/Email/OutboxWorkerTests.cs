using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

public sealed class OutboxWorkerTests
{
    private OutboxHarness harness = null!;
    private OutboxWorker<OutboxMail> worker = null!;
    private int claims;

    [SetUp]
    public void SetUp()
    {
        harness = new OutboxHarness();
        worker = harness.Worker();
        claims = 0;
        harness.Store.Before = access => Interlocked.Add(ref claims, access == "claim" ? 1 : 0);
    }

    [TearDown]
    public async Task TearDown()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
        harness.Dispose();
    }

    [Test]
    public async Task Worker_SendsWithoutWaiting_WhenSignalled()
    {
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(() => claims == 1, "the first look");
        harness.Enqueue();
        harness.Signal.Notify();
        await Mails.Eventually(() => harness.Store.Rows.Single().Status == OutboxStatus.Sent, "the mail, while the clock stands still");
    }

    [Test]
    public async Task Worker_FindsMailByPolling_WhenAnotherProcessWroteIt()
    {
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(() => claims == 1, "the first look");
        harness.Enqueue();
        await Mails.Eventually(
            () =>
            {
                harness.Time.Advance(TimeSpan.FromMilliseconds(250));
                return harness.Store.Rows.Single().Status == OutboxStatus.Sent;
            },
            "the mail"
        );
    }

    [Test]
    public async Task Worker_Continues_AfterTheDatabaseWasUnavailable()
    {
        var away = true;
        harness.Store.Before = _ =>
        {
            Interlocked.Increment(ref claims);
            if (away)
            {
                throw new InvalidOperationException("The database is away.");
            }
        };
        harness.Enqueue();
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(
            () => claims == 1 && harness.Logs.Any(l => l.Text.Contains("WorkOutbox", StringComparison.Ordinal)),
            "the failure"
        );
        away = false;
        await Mails.Eventually(
            () =>
            {
                harness.Time.Advance(TimeSpan.FromSeconds(1));
                return harness.Store.Rows.Single().Status == OutboxStatus.Sent;
            },
            "the mail"
        );
    }

    [Test]
    public async Task Stop_WaitsForAMailInProgress_WhenItIsQuick()
    {
        var release = new TaskCompletionSource();
        harness.Transport = (_, _) => release.Task;
        harness.Enqueue();
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(() => !harness.Attempts.IsEmpty, "the attempt");
        var stopping = worker.StopAsync(CancellationToken.None);
        release.SetResult();
        await stopping;
        Assert.That(harness.Store.Rows.Single().Status, Is.EqualTo(OutboxStatus.Sent));
    }

    [Test]
    public async Task Stop_ReleasesTheLeaseWithoutCountingTheAttempt_WhenAMailDoesNotFinish()
    {
        harness.Transport = (_, ct) => Task.Delay(Timeout.Infinite, ct);
        harness.Enqueue();
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(() => !harness.Attempts.IsEmpty, "the attempt");
        var stopping = worker.StopAsync(CancellationToken.None);
        harness.Time.Advance(OutboxTiming.StopGrace);
        await stopping;
        var row = harness.Store.Rows.Single();
        Assert.That(
            (row.Status, row.Attempts, row.LeaseOwner, row.LastError),
            Is.EqualTo((OutboxStatus.Pending, 0, (string?)null, (string?)null))
        );

        harness.Transport = (_, _) => Task.CompletedTask;
        Assert.That(await harness.Dispatcher().DrainAsync(CancellationToken.None), Is.EqualTo(1), "another worker claims it immediately");
    }

    [Test]
    public async Task Stop_KeepsTheLease_WhenTheHostDoesNotWait()
    {
        harness.Transport = (_, _) => new TaskCompletionSource().Task;
        harness.Enqueue();
        await worker.StartAsync(CancellationToken.None);
        await Mails.Eventually(() => !harness.Attempts.IsEmpty, "the attempt");
        await worker.StopAsync(new CancellationToken(canceled: true));
        var status = harness.Store.Rows.Single().Status;
        // Otherwise the end of the test would wait for the mail.
        harness.Time.Advance(OutboxTiming.StopGrace);
        Assert.That(status, Is.EqualTo(OutboxStatus.Sending), "the send may still succeed, so no other worker may send it yet");
    }
}
