using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Faults;

/// <summary>
/// SQLite's disk fills up or becomes read-only: writes fail with the documented error, promises are kept, and once the disk recovers
/// everything works without a restart.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class DiskFaultTests
{
    private const int Writes = 30;

    [Test]
    public async Task Writes_AreUnavailable_WhileTheDiskIsFull()
    {
        using var disk = SmallDisk.Mount(24);
        var report = new FaultReport("disk full");
        using var server = await ServerProcess.ServeAsync(disk.Folder);
        using var user = await server.SignInAsync(TestApp.NewEmail("disk"));
        await WriteAsync(user, report);

        disk.Fill();
        report.Inject();
        Assert.That(await FillAsync(user, report), Is.True, "the disk was not full");
        await ShouldBeAliveAsync(user);

        disk.Free();
        await RecoverAsync(user);
        await WriteAsync(user, report);
        await ShouldBeThereAsync(server, user, report);
    }

    [Test]
    public async Task Writes_AreUnavailable_WhileTheDatabaseIsReadOnly()
    {
        using var disk = SmallDisk.Mount(64);
        var report = new FaultReport("database read-only");
        using var server = await ServerProcess.ServeAsync(
            disk.Folder,
            ("Email:Pickup:Directory", Path.Combine(Path.GetTempPath(), Path.GetFileName(disk.Folder) + "-mail"))
        );
        var mail = new Mailbox(Path.Combine(Path.GetTempPath(), Path.GetFileName(disk.Folder) + "-mail"));
        using var user = new Browser(server.BaseAddress, mail);
        await user.SignInByLinkAsync(TestApp.NewEmail("disk"));
        await WriteAsync(user, report);

        // A disk cannot become read-only while a file is open for writing: the server closes a database that is missing.
        await disk.TurnReadOnlyAsync(server, () => user.GetAsync("/users/me"));
        report.Inject();
        var before = report.Acknowledged.Count;
        await WriteAsync(user, report);
        Assert.That(report.Acknowledged, Has.Count.EqualTo(before), "it was not read-only");
        await ShouldBeAliveAsync(user);

        disk.TurnWritable();
        await RecoverAsync(user);
        await WriteAsync(user, report);
        await ShouldBeThereAsync(server, user, report, mail);
        Directory.Delete(Path.Combine(Path.GetTempPath(), Path.GetFileName(disk.Folder) + "-mail"), recursive: true);
    }

    /// <summary>Writes until a write is refused: the write-ahead log still has some free space, and concurrent writes share it.</summary>
    private static async Task<bool> FillAsync(Browser user, FaultReport report)
    {
        for (var round = 0; round < 20; round++)
        {
            var before = report.Acknowledged.Count;
            await WriteAsync(user, report);
            if (report.Acknowledged.Count - before < 2 * Writes)
            {
                return true;
            }
        }

        return false;
    }

    // Half of the writes change the user and add an audit entry, half add a mail.
    private static async Task WriteAsync(Browser user, FaultReport report) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, Writes)
                .SelectMany(i =>
                    (Task[])
                        [
                            RecordAsync(report, $"Name {Guid.NewGuid():N}", name => user.PatchAsync("/users/me", new { name })),
                            RecordAsync(report, TestApp.NewEmail("full"), email => user.PostAsync("/auth/magic-link", new { email })),
                        ]
                )
        );

    private static async Task RecordAsync(FaultReport report, string what, Func<string, Task<Answer>> write) =>
        report.Record(await write(what), what);

    private static async Task ShouldBeAliveAsync(Browser user)
    {
        Assert.That((await user.RawAsync(HttpMethod.Get, "/health/live")).Status, Is.EqualTo(200));
        var read = await user.GetAsync("/users/me");
        if (read.Status != 200)
        {
            read.ShouldFail(503, "unavailable");
        }
    }

    private static async Task RecoverAsync(Browser user)
    {
        for (
            var waited = Stopwatch.StartNew();
            (await user.PatchAsync("/users/me", new { name = "Recovered" })).Status != 200;
            await Task.Delay(100)
        )
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(40)), "No automatic recovery");
        }

        // Not just by luck: a request works on any connection.
        for (var i = 0; i < 20; i++)
        {
            (await user.PatchAsync("/users/me", new { name = "Recovered" })).ShouldSucceed();
        }
    }

    private static async Task ShouldBeThereAsync(ServerProcess server, Browser user, FaultReport report, Mailbox? mail = null)
    {
        await using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=false");
        await connection.OpenAsync();
        for (
            var waited = Stopwatch.StartNew();
            Read(connection, "SELECT Id FROM OutboxMails WHERE Status <> 'Sent'").Count > 0;
            await Task.Delay(100)
        )
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(40)), "The outbox was not emptied");
        }

        Assert.That(Read(connection, "PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        var mails = (mail ?? server.Mail).All().CountBy(m => m.To).ToDictionary();
        var updates = Read(connection, $"SELECT Id FROM AuditEntries WHERE Action = 'user.updated' AND TargetId = '{user.UserId}'").Count;
        var version = int.Parse(
            Read(connection, $"SELECT Version FROM Users WHERE Id = '{user.UserId}'").Single(),
            CultureInfo.InvariantCulture
        );
        var names = report.Acknowledged.Count(a => a.StartsWith("Name ", StringComparison.Ordinal));
        Assert.That(updates, Is.GreaterThanOrEqualTo(names), "lost changes");
        Assert.That(version - 2, Is.EqualTo(updates), "each change has one audit entry and one version");
        report.Conclude(what => what.StartsWith("Name ", StringComparison.Ordinal) ? 1 : mails.GetValueOrDefault(what));
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }
}
