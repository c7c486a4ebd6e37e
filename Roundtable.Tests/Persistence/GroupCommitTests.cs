using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Sqlite;
using Roundtable.Infrastructure.Sqlite.Statements;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// Consecutive units of work share a transaction on SQLite: each completes once it is durable, and another's failure does not affect
/// it.
/// </summary>
[NonParallelizable] // Lock waits are measured against only the writers of this test.
internal sealed class GroupCommitTests
{
    private TestApp app = null!;

    [SetUp]
    public void Start()
    {
        app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));
        app.Services.GetRequiredService<FastSqlite>().LongestGroup = TimeSpan.FromMinutes(1);
    }

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Unit_CompletesAfterTheCommit()
    {
        var second = new TaskCompletionSource();
        var secondRuns = new TaskCompletionSource();
        var (first, others) = await RunGroupAsync(
            day: 19990101,
            _ => Task.FromResult(Result.Success),
            async _ =>
            {
                secondRuns.SetResult();
                await second.Task;
                return Result.Success;
            }
        );
        await secondRuns.Task;
        Assert.That(await CountAsync(19990101), Is.Zero, "what other connections read");
        Assert.That(first.IsCompleted, Is.False);
        second.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.That(await CountAsync(19990101), Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task FailingUnit_RollsBackOnlyItself(bool throws)
    {
        var (first, others) = await RunGroupAsync(
            day: 19990201,
            _ => Task.FromResult(Result.Success),
            _ => throws ? throw new InvalidOperationException("on purpose") : Task.FromResult<Result>(Errors.Forbidden),
            _ => Task.FromResult(Result.Success)
        );
        Assert.That((await first).Failed, Is.False);
        if (throws)
        {
            Assert.That(async () => await others[0], Throws.InvalidOperationException);
        }
        else
        {
            Assert.That((await others[0]).Error, Is.EqualTo(Errors.Forbidden));
        }

        Assert.That((await others[1]).Failed, Is.False);
        Assert.That(await CountAsync(19990201), Is.EqualTo(2), "the units that did not fail");
    }

    [Test]
    public async Task Unit_SeesEarlierWritesOfTheGroup()
    {
        var seen = 0;
        var (first, others) = await RunGroupAsync(
            19990301,
            _ => Task.FromResult(Result.Success),
            async db =>
            {
                seen = await db.DailyCounts.Where(c => c.Day == 19990301).SumAsync(c => c.Count);
                return Result.Success;
            }
        );
        await Task.WhenAll([first, .. others]);
        Assert.That(seen, Is.EqualTo(2), "the first unit's row and its own");
    }

    // SQLite itself rolls back if the disk is full.
    [Test]
    public async Task AllUnits_Fail_WhenTheDatabaseRollsBackTheTransaction()
    {
        var (first, others) = await RunGroupAsync(
            19990401,
            _ => Task.FromResult(Result.Success),
            async db =>
            {
                ((PreparedConnection)db.Database.GetDbConnection()).Statements.Execute("ROLLBACK");
                db.DailyCounts.Add(DailyCount.Create(19990402, Metric.Bans));
                await db.SaveChangesAsync();
                return Result.Success;
            }
        );
        Assert.That(async () => await first, Throws.InstanceOf<SqliteException>());
        Assert.That(async () => await others[0], Throws.Exception);
        Assert.That(await CountAsync(19990401), Is.Zero);
        await RunAsync(19990403, _ => Task.FromResult(Result.Success));
        Assert.That(await CountAsync(19990403), Is.EqualTo(1), "the next unit starts a new group");
    }

    [Test]
    public async Task Slot_IsNotLost_WhenWaitingUnitsAreCancelled()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        using var cancellation = new CancellationTokenSource();
                        cancellation.CancelAfter(i % 5);
                        try
                        {
                            await RunAsync(19990501, _ => Task.FromResult(Result.Success), i % 2 == 0 ? cancellation.Token : default);
                        }
                        catch (OperationCanceledException)
                        {
                            // Cancelled.
                        }
                    })
                )
        );
        var before = await CountAsync(19990501);
        Assert.That(before, Is.GreaterThanOrEqualTo(200), "the units that were not cancelled");
        await RunAsync(19990501, _ => Task.FromResult(Result.Success));
        Assert.That(await CountAsync(19990501), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Group_CommitsAfterItsTimeLimit_WithUnitsWaiting()
    {
        app.Services.GetRequiredService<FastSqlite>().LongestGroup = TimeSpan.Zero;
        var second = new TaskCompletionSource();
        var (first, others) = await RunGroupAsync(
            19990701,
            _ => Task.FromResult(Result.Success),
            async _ =>
            {
                await second.Task;
                return Result.Success;
            }
        );
        Assert.That((await first).Failed, Is.False, "while the second unit is running");
        second.SetResult();
        await Task.WhenAll(others);
        Assert.That(await CountAsync(19990701), Is.EqualTo(2));
    }

    [Test]
    public async Task AnotherProcess_GetsTheLock_UnderSustainedLoad()
    {
        app.Services.GetRequiredService<FastSqlite>().LongestGroup = TimeSpan.FromMilliseconds(5);
        using var stop = new CancellationTokenSource();
        var load = Enumerable
            .Range(0, 32)
            .Select(i =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await RunAsync(19990800 + i, _ => Task.FromResult(Result.Success));
                    }
                })
            )
            .ToList();

        // To SQLite, a separate connection acts like another process. Its first write meets a gap by luck, as the queue cannot know of it.
        // Once it has changed something, gaps come often enough; an UPDATE that changes nothing is no write to SQLite.
        using var another = new SqliteConnection($"Data Source={app.DatabaseFile};Pooling=False;Default Timeout=30");
        another.Open();
        foreach (var (written, timeout) in new[] { 30_000, 5_000, 5_000 }.Index())
        {
            Run($"PRAGMA busy_timeout = {timeout}");
            var started = Stopwatch.GetTimestamp();
            Assert.That(
                () => Run("UPDATE DailyCounts SET Count = Count + 1 WHERE Day = 19990800"),
                Throws.Nothing,
                $"after {written} writes"
            );
            Assert.That(Stopwatch.GetElapsedTime(started).TotalMilliseconds, Is.LessThan(timeout), $"after {written} writes");
            await Task.Delay(100);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);

        void Run(string sql)
        {
            using var command = another.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Test]
    public async Task ContextWithAnOpenConnection_WritesOnItsOwnConnection()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        await db.Database.OpenConnectionAsync();
        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result>(
                async _ =>
                {
                    Assert.That(db.Database.GetDbConnection(), Is.Not.InstanceOf<PreparedConnection>());
                    db.DailyCounts.Add(DailyCount.Create(19990601, Metric.Bans));
                    await db.SaveChangesAsync(default);
                    return Result.Success;
                },
                default
            );
        await db.Database.CloseConnectionAsync();
        Assert.That(await CountAsync(19990601), Is.EqualTo(1));
    }

    /// <summary>Keeps the first unit running until all others are queued behind it.</summary>
    private async Task<(Task<Result> First, IReadOnlyList<Task<Result>> Others)> RunGroupAsync(
        int day,
        Func<RoundtableDbContext, Task<Result>> first,
        params Func<RoundtableDbContext, Task<Result>>[] others
    )
    {
        var runs = new TaskCompletionSource();
        var line = new TaskCompletionSource();
        var leading = RunAsync(day, async db =>
        {
            runs.SetResult();
            await line.Task;
            return await first(db);
        });
        await runs.Task;
        var following = others.Select(work => RunAsync(day, work)).ToList();
        line.SetResult();
        return (leading, following);
    }

    /// <summary>Increments the day's count and runs the work.</summary>
    private async Task<Result> RunAsync(int day, Func<RoundtableDbContext, Task<Result>> work, CancellationToken ct = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        return await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync(
                async ct =>
                {
                    if (
                        await db
                            .DailyCounts.Where(c => c.Day == day)
                            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Count, c => c.Count + 1), ct) == 0
                    )
                    {
                        db.DailyCounts.Add(DailyCount.Create(day, Metric.Bans));
                        await db.SaveChangesAsync(ct);
                    }

                    return await work(db);
                },
                ct
            );
    }

    private async Task<int> CountAsync(int day)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<RoundtableDbContext>()
            .DailyCounts.Where(c => c.Day == day)
            .SumAsync(c => c.Count);
    }
}
