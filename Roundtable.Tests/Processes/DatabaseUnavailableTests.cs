using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>An unavailable or busy database: the API answers honestly and in time, and recovers without a restart.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DatabaseUnavailableTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Requests_AreUnavailable_WhileTheDatabaseIsMissing_AndRecover()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var user = await server.SignInAsync(TestApp.NewEmail());
        (await user.PatchAsync("/users/me", new { name = "Before" })).ShouldSucceed();

        Move(server.DatabaseFile, folder.PathOf("away"));
        var ready = await user.RawAsync(HttpMethod.Get, "/health/ready");
        Assert.That(ready.Status, Is.EqualTo(503));
        Assert.That(ready.Text, Does.Contain("does not answer"));
        Assert.That((await user.RawAsync(HttpMethod.Get, "/health/live")).Status, Is.EqualTo(200));
        Assert.That((await user.RawAsync(HttpMethod.Get, "/openapi/v1.json")).Status, Is.EqualTo(200));
        await ShouldBeUnavailableAsync(() => user.GetAsync("/users/me"));
        await ShouldBeUnavailableAsync(() => user.GetAsync("/auth/session"));
        await ShouldBeUnavailableAsync(() => user.PatchAsync("/users/me", new { name = "Meanwhile" }));
        await ShouldBeUnavailableAsync(() => user.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() }));
        Assert.That(File.Exists(server.DatabaseFile), Is.False, "An empty database was created");
        Assert.Multiple(() =>
        {
            Assert.That(server.Output, Does.Not.Contain("   at ").And.Not.Contain("Failed executing"), "one line states each problem");
            Assert.That(
                () =>
                    server.OutputLines.Count(l =>
                        l.Contains("The request cannot be answered now: The database file is missing.", StringComparison.Ordinal)
                    ),
                Is.EqualTo(4).After(2000, 20),
                server.Output
            );
        });

        Move(folder.PathOf("away"), server.DatabaseFile);
        Assert.That((await user.RawAsync(HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(200));
        Assert.That((string?)(await user.GetAsync("/users/me")).ShouldSucceed().Data["name"], Is.EqualTo("Before"));
        (await user.PatchAsync("/users/me", new { name = "After" })).ShouldSucceed();
        using var other = await server.SignInAsync(TestApp.NewEmail());
    }

    [Test]
    public async Task Requests_AreUnavailable_WhileTheDatabaseFileIsEmpty()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var user = await server.SignInAsync(TestApp.NewEmail());

        Move(server.DatabaseFile, folder.PathOf("away"));
        await ShouldBeUnavailableAsync(() => user.GetAsync("/users/me"));
        await File.WriteAllBytesAsync(server.DatabaseFile, []);
        Assert.That((await user.RawAsync(HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(503));
        await ShouldBeUnavailableAsync(() => user.GetAsync("/users/me"));

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(server.DatabaseFile)!, "roundtable.db*"))
        {
            File.Delete(file);
        }

        await user.RawAsync(HttpMethod.Get, "/health/ready");
        Move(folder.PathOf("away"), server.DatabaseFile);
        (await user.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task Writes_AreUnavailable_WhileAnotherProcessHoldsTheLock_AndReadsWork()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var user = await server.SignInAsync(TestApp.NewEmail());

        await using (var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=false"))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "BEGIN EXCLUSIVE");
            var writes = Enumerable
                .Range(0, 5)
                .Select(i => ShouldBeUnavailableAsync(() => user.PatchAsync("/users/me", new { name = $"Locked {i}" })))
                .ToList();
            await Task.Delay(100);
            var reading = Stopwatch.StartNew();
            (await user.GetAsync("/users/me")).ShouldSucceed();

            // A read blocked by the writer takes five seconds; a process that just started on a busy machine may take one.
            Assert.That(reading.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2.5)), "A read waited for the writer");
            Assert.That((await user.RawAsync(HttpMethod.Get, "/health/ready")).Status, Is.EqualTo(200));
            await Task.WhenAll(writes);
            await ExecuteAsync(connection, "ROLLBACK");
        }

        (await user.PatchAsync("/users/me", new { name = "Free" })).ShouldSucceed();
    }

    [Test]
    public async Task Writes_Wait_WhileAnotherProcessHoldsTheLockBriefly()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        using var user = await server.SignInAsync(TestApp.NewEmail());

        await using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "BEGIN IMMEDIATE");
        var write = user.PatchAsync("/users/me", new { name = "Patient" });
        await Task.Delay(500);
        Assert.That(write.IsCompleted, Is.False);
        await ExecuteAsync(connection, "COMMIT");
        (await write).ShouldSucceed();
    }

    private static async Task ShouldBeUnavailableAsync(Func<Task<Answer>> request)
    {
        var waiting = Stopwatch.StartNew();
        var answer = (await request()).ShouldFail(503, "unavailable");
        Assert.Multiple(() =>
        {
            Assert.That(waiting.Elapsed, Is.LessThan(Limit));
            Assert.That(int.TryParse(answer.Header("Retry-After"), out var seconds) && seconds > 0, Is.True, "Retry-After");
            Assert.That(answer.Text, Does.Not.Contain("SQLite").And.Not.Contain("   at "));
        });
    }

    // The WAL and its index are part of the database.
    private static void Move(string from, string to)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["-shm", "-wal", ""])
        {
            if (File.Exists(from + suffix))
            {
                File.Move(from + suffix, to + suffix);
            }
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
