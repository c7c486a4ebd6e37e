using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Sqlite.Writing;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The queue of this process's writers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WriteQueueTests
{
    [Test]
    public async Task Enter_AdmitsOneAtATime_InOrder()
    {
        var queue = new WriteQueue();
        var order = new List<int>();
        await queue.EnterAsync(false, default);
        var others = Enumerable.Range(0, 20).Select(i => EnterAsync(queue, false, () => order.Add(i))).ToList();
        Assert.That(order, Is.Empty);
        queue.Leave();
        await Task.WhenAll(others);
        Assert.That(order, Is.EqualTo(Enumerable.Range(0, 20)));
        await queue.EnterAsync(false, default);
    }

    [Test]
    public async Task Enter_AdmitsUrgentCallersFirst()
    {
        var queue = new WriteQueue();
        var order = new List<string>();
        await queue.EnterAsync(false, default);
        var waiting = new[] { "a", "b", "c" }.Select(n => EnterAsync(queue, false, () => order.Add(n))).ToList();
        waiting.Add(EnterAsync(queue, true, () => order.Add("urgent")));
        queue.Leave();
        await Task.WhenAll(waiting);
        Assert.That(order, Is.EqualTo(new[] { "urgent", "a", "b", "c" }));
    }

    [Test]
    public async Task PassOn_ReturnsFalseAndKeepsTheSlot_WhenTheQueueIsEmpty()
    {
        var queue = new WriteQueue();
        await queue.EnterAsync(false, default);
        Assert.That(queue.PassOn(), Is.False);
        var next = queue.EnterAsync(false, default);
        Assert.That(next.IsCompleted, Is.False, "the first caller still owns the slot");
        Assert.That(queue.PassOn(), Is.True);
        await next;
    }

    [Test]
    public async Task Enter_LeavesTheQueue_WhenCancelled()
    {
        var queue = new WriteQueue();
        await queue.EnterAsync(false, default);
        using var cancel = new CancellationTokenSource();
        var gone = queue.EnterAsync(false, cancel.Token);
        var next = queue.EnterAsync(false, default);
        await cancel.CancelAsync();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        queue.Leave();
        await next;
    }

    [Test]
    public async Task FailWaiters_FailsAllWaiters_AndTheQueueStaysUsable()
    {
        var queue = new WriteQueue();
        await queue.EnterAsync(false, default);
        var waiting = new[] { false, true, false }.Select(urgent => queue.EnterAsync(urgent, default)).ToList();
        queue.FailWaiters();
        foreach (var waiter in waiting)
        {
            Assert.That(async () => await waiter, Throws.InstanceOf<TimeoutException>());
        }

        var next = queue.EnterAsync(false, default);
        Assert.That(next.IsCompleted, Is.False, "the first caller still owns the slot");
        queue.Leave();
        await next;
    }

    // Another process polls for the lock every tenth of a second: without gaps in the queue it would hardly ever get it.
    [Test]
    public async Task Queue_LeavesGaps_WhileAnotherProcessWrites([Values] bool another)
    {
        var queue = new WriteQueue();
        if (another)
        {
            queue.RecordForeignWrite();
        }

        var longestGap = TimeSpan.Zero;
        var last = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async _ =>
                {
                    await queue.EnterAsync(false, default);
                    var gap = Stopwatch.GetElapsedTime(last);
                    longestGap = gap > longestGap ? gap : longestGap;
                    await Task.Delay(10);
                    last = Stopwatch.GetTimestamp();
                    queue.Leave();
                })
        );
        if (another)
        {
            Assert.That(longestGap, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(20)));
        }

        await queue.EnterAsync(false, default);
    }

    [Test]
    public async Task Enter_LosesNoSlot_WhenManyCallersCancel()
    {
        var queue = new WriteQueue();
        var inside = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 2000)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        using var cancellation = new CancellationTokenSource();
                        cancellation.CancelAfter(TimeSpan.FromMilliseconds(i % 7));
                        try
                        {
                            await queue.EnterAsync(i % 5 == 0, i % 2 == 0 ? cancellation.Token : default);
                            Assert.That(Interlocked.Increment(ref inside), Is.EqualTo(1));
                            await Task.Yield();
                            Interlocked.Decrement(ref inside);
                            if (i % 3 != 0 || !queue.PassOn())
                            {
                                queue.Leave();
                            }
                        }
                        catch (OperationCanceledException)
                        {
                            // Cancelled.
                        }
                    })
                )
        );
        await queue.EnterAsync(false, default);
    }

    // The lease ends after half a minute: marking a mail as sent behind a burst of writes would be too late.
    [Test]
    public async Task MarkSent_OvertakesWaitingWrites()
    {
        await using var app = TestApp.Start(("Database:Provider", "Sqlite"));
        var id = EntityId.New(app.Now);
        await app.ArrangeAsync(db =>
        {
            // Not due yet, so that the application's own worker ignores it.
            db.OutboxMails.Add(OutboxMail.Create(id, null, "a***@example.com", "magic-link", "secret", app.Now.AddHours(1)));
            return Task.CompletedTask;
        });
        Assert.That(
            await StoreAsync(app, s => s.ClaimAsync("owner", 1, app.Now.AddHours(1), TimeSpan.FromHours(1), [], default)),
            Has.Count.EqualTo(1)
        );

        var holding = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var running = WorkAsync(app, _ =>
        {
            entered.SetResult();
            return holding.Task;
        });
        await entered.Task;
        var early = 0;
        var waiting = Enumerable
            .Range(0, 50)
            .Select(_ =>
                WorkAsync(app, async db => early += await db.OutboxMails.AnyAsync(m => m.Id == id && m.Status == OutboxStatus.Sent) ? 0 : 1)
            )
            .ToList();
        var mark = StoreAsync(app, s => s.MarkSentAsync([id], "owner", app.Now, default));
        holding.SetResult();
        await Task.WhenAll([running, mark, .. waiting]);
        Assert.Multiple(() =>
        {
            Assert.That(mark.Result, Is.EqualTo(new[] { id }));
            Assert.That(early, Is.LessThanOrEqualTo(1), "writes that ran before the mark");
        });
    }

    private static async Task EnterAsync(WriteQueue queue, bool urgent, Action inside)
    {
        await queue.EnterAsync(urgent, default);
        inside();
        queue.Leave();
    }

    private static async Task WorkAsync(TestApp app, Func<RoundtableDbContext, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    await work(scope.ServiceProvider.GetRequiredService<RoundtableDbContext>());
                    return Result.Success;
                },
                default
            );
    }

    private static async Task<T> StoreAsync<T>(TestApp app, Func<IOutboxStore<OutboxMail>, Task<T>> access)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await access(scope.ServiceProvider.GetRequiredService<IOutboxStore<OutboxMail>>());
    }
}
