using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The queue of this process's writers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SqliteWriteGateTests
{
    [Test]
    public async Task Enter_LetsOneThroughAtATime_InOrder()
    {
        var gate = new SqliteWriteGate();
        var order = new List<int>();
        var first = await gate.EnterAsync(false, default);
        var others = Enumerable.Range(0, 20).Select(i => EnterAsync(gate, false, () => order.Add(i))).ToList();
        Assert.That(order, Is.Empty);
        first!.Dispose();
        await Task.WhenAll(others);
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 20)));
        using var free = await gate.EnterAsync(false, default);
    }

    [Test]
    public async Task Enter_LetsTheUrgentThroughFirst()
    {
        var gate = new SqliteWriteGate();
        var order = new List<string>();
        var first = await gate.EnterAsync(false, default);
        var waiting = new[] { "a", "b", "c" }.Select(n => EnterAsync(gate, false, () => order.Add(n))).ToList();
        waiting.Add(EnterAsync(gate, true, () => order.Add("urgent")));
        first!.Dispose();
        await Task.WhenAll(waiting);
        Assert.That(order, Is.EqualTo(new[] { "urgent", "a", "b", "c" }));
    }

    [Test]
    public async Task Enter_GivesUpItsPlace_WhenCancelled()
    {
        var gate = new SqliteWriteGate();
        var first = await gate.EnterAsync(false, default);
        using var cancel = new CancellationTokenSource();
        var gone = gate.EnterAsync(false, cancel.Token);
        var next = gate.EnterAsync(false, default);
        await cancel.CancelAsync();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        first!.Dispose();
        using var turn = await next;
    }

    [Test]
    public async Task Dissolve_SendsAllAwayAtOnce_AndTheGateGoesOn()
    {
        var gate = new SqliteWriteGate();
        var first = await gate.EnterAsync(false, default);
        var waiting = new[] { false, true, false }.Select(urgent => gate.EnterAsync(urgent, default)).ToList();
        gate.Dissolve();
        foreach (var sentAway in waiting)
        {
            Assert.That(async () => await sentAway, Throws.InstanceOf<TimeoutException>());
        }

        var next = gate.EnterAsync(false, default);
        Assert.That(next.IsCompleted, Is.False, "the one inside is inside still");
        first!.Dispose();
        using var turn = await next;
    }

    // Another process asks for the lock every tenth of a second: without a gap between our turns it would hardly ever get it.
    [Test]
    public async Task Queue_MakesPauses_WhileAnotherProcessWritesToo([Values] bool another)
    {
        var gate = new SqliteWriteGate();
        if (another)
        {
            gate.Began(TimeSpan.FromMilliseconds(500));
        }

        var longestGap = TimeSpan.Zero;
        var last = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            using var turn = await gate.EnterAsync(false, default);
            var gap = Stopwatch.GetElapsedTime(last);
            longestGap = gap > longestGap ? gap : longestGap;
            await Task.Delay(10);
            last = Stopwatch.GetTimestamp();
        }));
        if (another)
        {
            Assert.That(longestGap, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(20)));
        }

        using var free = await gate.EnterAsync(false, default);
    }

    [Test]
    public async Task Enter_LosesNoTurn_WhenManyComeAndGiveUp()
    {
        var gate = new SqliteWriteGate();
        var inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(async () =>
        {
            using var patience = new CancellationTokenSource();
            patience.CancelAfter(TimeSpan.FromMilliseconds(i % 7));
            try
            {
                using var turn = await gate.EnterAsync(i % 5 == 0, i % 2 == 0 ? patience.Token : default);
                Assert.That(Interlocked.Increment(ref inside), Is.EqualTo(1));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
            catch (OperationCanceledException)
            {
                // Out of patience.
            }
        })));
        using var free = await gate.EnterAsync(false, default);
    }

    // The lease ends after half a minute: a mark that stands in line behind a burst of writes would come too late.
    [Test]
    public async Task MailsMark_GoesBeforeTheWritesThatWait()
    {
        await using var app = TestApp.Start(("Database:Provider", "Sqlite"));
        var id = EntityId.New(app.Now);
        await app.ArrangeAsync(db =>
        {
            // Not due, so that the application's own worker leaves it alone.
            db.OutboxMails.Add(OutboxMail.Create(id, null, "a***@example.com", "magic-link", "secret", app.Now.AddHours(1)));
            return Task.CompletedTask;
        });
        Assert.That(await StoreAsync(app, s => s.ClaimAsync("owner", 1, app.Now.AddHours(1), TimeSpan.FromHours(1), default)), Has.Count.EqualTo(1));

        var holding = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var running = WorkAsync(app, () =>
        {
            entered.SetResult();
            return holding.Task;
        });
        await entered.Task;
        var marked = false;
        var early = 0;
        var waiting = Enumerable.Range(0, 50).Select(_ => WorkAsync(app, () =>
        {
            early += marked ? 0 : 1;
            return Task.CompletedTask;
        })).ToList();
        var mark = StoreAsync(app, async s => marked = await s.MarkSentAsync(id, "owner", app.Now, default));
        holding.SetResult();
        await Task.WhenAll([running, mark, .. waiting]);
        Assert.Multiple(() =>
        {
            Assert.That(marked, Is.True);
            Assert.That(early, Is.LessThanOrEqualTo(1), "writes that went before the mark");
        });
    }

    private static async Task EnterAsync(SqliteWriteGate gate, bool urgent, Action inside)
    {
        using var turn = await gate.EnterAsync(urgent, default);
        inside();
    }

    private static async Task WorkAsync(TestApp app, Func<Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result>(
            async _ =>
            {
                await work();
                return Result.Success;
            },
            default);
    }

    private static async Task<T> StoreAsync<T>(TestApp app, Func<IOutboxStore<OutboxMail>, Task<T>> access)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await access(scope.ServiceProvider.GetRequiredService<IOutboxStore<OutboxMail>>());
    }
}
