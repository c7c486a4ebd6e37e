using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Sqlite.Statements;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// Transactions share one SQLite connection with cached statements, invisibly, whatever happens to the file or to a transaction.
/// </summary>
internal sealed class WriterConnectionTests
{
    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start(("Database:Provider", "Sqlite"), ("Database:Sqlite:Engine", "Fast"));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Transactions_UseOneConnection_AndReturnIt()
    {
        var used = new List<object>();
        for (var i = 0; i < 3; i++)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
            await RunAsync(scope, () =>
            {
                used.Add(db.Database.GetDbConnection());
                return Task.FromResult(Result.Success);
            });
            Assert.That(db.Database.GetDbConnection(), Is.Not.SameAs(used[^1]));
            Assert.That(await db.Users.CountAsync(), Is.GreaterThanOrEqualTo(0), "the context stays usable");
        }

        Assert.That(used.Distinct().Count(), Is.EqualTo(1));
        Assert.That(used[0], Is.InstanceOf<PreparedConnection>());
    }

    [Test]
    public async Task Transaction_IsRolledBack_WhenItThrows()
    {
        var day = 19990101;
        Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunAsync(async db =>
            {
                db.DailyCounts.Add(DailyCount.Create(day, Metric.Bans));
                await db.SaveChangesAsync();
                throw new InvalidOperationException("on purpose");
            })
        );
        await RunAsync(async db => Assert.That(await db.DailyCounts.AnyAsync(c => c.Day == day), Is.False));
    }

    // The client disconnects at the moment its transaction starts.
    [Test]
    public async Task Context_StaysUsable_WhenItsTransactionWasCancelledBeforeItBegan()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        Assert.That(
            () => unitOfWork.ExecuteAsync(_ => Task.FromResult(Result.Success), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );
        await RunAsync(scope, () =>
        {
            Assert.That(db.Database.GetDbConnection(), Is.InstanceOf<PreparedConnection>());
            return Task.FromResult(Result.Success);
        });
        Assert.That(db.Database.GetDbConnection(), Is.Not.InstanceOf<PreparedConnection>());
    }

    [Test]
    public async Task Statement_CanRun_WhileItsResultIsRead()
    {
        var pairs = 0;
        await RunAsync(async db =>
        {
            db.DailyCounts.AddRange(DailyCount.Create(19990201, Metric.Bans), DailyCount.Create(19990201, Metric.SignUps));
            await db.SaveChangesAsync();
            var counts = db.DailyCounts.AsNoTracking().Where(c => c.Day == 19990201);
            await foreach (var _ in counts.AsAsyncEnumerable())
            {
                await foreach (var __ in counts.AsAsyncEnumerable())
                {
                    pairs++;
                }
            }
        });
        Assert.That(pairs, Is.EqualTo(4));
    }

    // Writes after the file is restored go to the restored file.
    [Test]
    public async Task Writes_UseTheRestoredFile()
    {
        await RunAsync(_ => Task.CompletedTask);
        var file = app.DatabaseFile;
        var copy = file + ".copy";
        using (var source = new SqliteConnection($"Data Source={file};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Move(part, part + ".away");
        }

        Assert.ThrowsAsync<SqliteException>(() => RunAsync(_ => Task.CompletedTask));
        File.Move(copy, file);
        await RunAsync(async db =>
        {
            db.DailyCounts.Add(DailyCount.Create(19990301, Metric.Bans));
            await db.SaveChangesAsync();
        });
        using var look = new SqliteConnection($"Data Source={file};Pooling=False");
        look.Open();
        using var command = look.CreateCommand();
        command.CommandText = "SELECT count(*) FROM DailyCounts WHERE Day = 19990301";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(1L));
    }

    [Test]
    public void Statements_UseNewParameterValues_WhenRunAgain()
    {
        using var folder = new TempFolder();
        using var connection = new PreparedConnection($"Data Source={folder.PathOf("values.db")};Pooling=False");
        connection.Open();
        Run(connection, "CREATE TABLE T (A INTEGER PRIMARY KEY, B TEXT)");
        for (var i = 0; i < 3; i++)
        {
            Assert.That(
                Run(connection, "INSERT INTO T (A, B) VALUES ($a, $b) RETURNING A", ("$a", i), ("$b", i == 1 ? null : $"b{i}")),
                Is.EqualTo((long)i)
            );
        }

        Run(connection, "ALTER TABLE T ADD COLUMN C INTEGER NOT NULL DEFAULT 7");
        Assert.Multiple(() =>
        {
            Assert.That(Run(connection, "SELECT B FROM T WHERE A = $a", ("$a", 1)), Is.EqualTo(DBNull.Value));
            Assert.That(Run(connection, "SELECT B FROM T WHERE A = $a", ("$a", 2)), Is.EqualTo("b2"));
            Assert.That(Run(connection, "SELECT * FROM T WHERE A = $a", ("$a", 2)), Is.EqualTo(2L));
            Assert.That(Run(connection, "SELECT B FROM T WHERE A = $a", ("$a", 9)), Is.Null);
            Assert.That(() => Run(connection, "SELECT B FROM T WHERE A = $a"), Throws.InvalidOperationException, "a value is missing");
        });
    }

    [Test]
    public void Statements_AreDisposed_WhenTheCacheIsFull()
    {
        using var folder = new TempFolder();
        using var connection = new PreparedConnection($"Data Source={folder.PathOf("many.db")};Pooling=False");
        connection.Open();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 600; i++)
            {
                Assert.That(Run(connection, $"SELECT {i} + $a", ("$a", round)), Is.EqualTo((long)(i + round)));
            }
        }
    }

    private static object? Run(SqliteConnection connection, string text, params (string Name, object? Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command.ExecuteScalar();
    }

    private async Task RunAsync(Func<RoundtableDbContext, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoundtableDbContext>();
        await RunAsync(scope, async () =>
        {
            await work(db);
            return Result.Success;
        });
    }

    private static Task RunAsync(IServiceScope scope, Func<Task<Result>> work) =>
        scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync(_ => work(), default);
}
