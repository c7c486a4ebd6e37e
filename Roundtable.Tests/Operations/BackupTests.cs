using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>A backup of the database, made while it is in use, that can replace it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BackupTests
{
    [Test]
    public async Task Backup_IsConsistent_DuringWrites_AndCanBeServed()
    {
        using var folder = new TempFolder();
        using var server = await ServerProcess.ServeAsync(folder.Name);
        var email = TestApp.NewEmail("kept");
        using var user = await server.SignInAsync(email);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(user, stop.Token);
        using var backup = await ServerProcess.RunAsync(folder.Name, [], "backup", "--to", "copies/today.db");
        await stop.CancelAsync();
        Assert.That(await writing, Is.GreaterThan(0), "nothing was written during the backup");

        var copy = folder.PathOf("copies/today.db");
        Assert.Multiple(() =>
        {
            Assert.That(backup.ExitCode, Is.Zero, backup.Errors);
            Assert.That(backup.Output, Does.StartWith("copies/today.db: ").And.Contain("keys"));
            Assert.That(Directory.GetFiles(folder.PathOf("copies")), Is.EqualTo(new[] { copy }), "one file without side files");
            Assert.That(Query(copy, "PRAGMA integrity_check"), Is.EqualTo("ok"));
            // Each change writes its version and its audit entry in the same transaction.
            Assert.That(
                Query(copy, "SELECT (SELECT max(Version) FROM Users) - (SELECT count(*) FROM AuditEntries WHERE Action = 'user.updated')"),
                Is.EqualTo("2")
            );
        });
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(copy), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        server.Kill();
        File.Delete(server.DatabaseFile + "-wal");
        File.Delete(server.DatabaseFile + "-shm");
        File.Move(copy, server.DatabaseFile, overwrite: true);
        using var again = await ServerProcess.ServeAsync(folder.Name);
        using var back = again.NewBrowser();
        back.SessionCookie = user.SessionCookie;
        Assert.That((string?)(await back.GetAsync("/users/me")).ShouldSucceed().Data["email"], Is.EqualTo(email));
    }

    [Test]
    public async Task Backup_DoesNotOverwrite_UnlessForced()
    {
        using var folder = new TempFolder();
        MigratedFile.CopyTo(folder.PathOf("App_Data/roundtable.db"));
        await File.WriteAllTextAsync(folder.PathOf("copy.db"), "precious");
        await File.WriteAllTextAsync(folder.PathOf("copy.db-wal"), "stale");
        var refused = await ProgramRun.RunAsync(folder.Name, [], "backup", "--to", folder.PathOf("copy.db"));
        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(1));
            Assert.That(refused.ErrorLines, Has.Count.EqualTo(1).And.One.Contains("--force"));
            Assert.That(File.ReadAllText(folder.PathOf("copy.db")), Is.EqualTo("precious"));
        });

        var forced = await ProgramRun.RunAsync(folder.Name, [], "backup", $"--to={folder.PathOf("copy.db")}", "--force");
        Assert.Multiple(() =>
        {
            Assert.That(forced.ExitCode, Is.Zero, forced.Errors);
            Assert.That(Query(folder.PathOf("copy.db"), "SELECT count(*) FROM Roles"), Is.EqualTo("2"));
            Assert.That(File.Exists(folder.PathOf("copy.db-wal")), Is.False);
        });
    }

    [TestCase("App_Data/roundtable.db", "is the database itself")]
    [TestCase("App_Data", "is a folder")]
    [TestCase("file/copy.db", "No backup was made")]
    public async Task Backup_ReportsTheReason_WhenItFails(string target, string reason)
    {
        using var folder = new TempFolder();
        MigratedFile.CopyTo(folder.PathOf("App_Data/roundtable.db"));
        await File.WriteAllTextAsync(folder.PathOf("file"), "");
        var backup = await ProgramRun.RunAsync(folder.Name, [], "backup", "--to", folder.PathOf(target), "--force");
        Assert.Multiple(() =>
        {
            Assert.That(backup.ExitCode, Is.EqualTo(1));
            Assert.That(backup.ErrorLines, Has.Count.EqualTo(1).And.One.Contains(reason), backup.Errors);
            Assert.That(Query(folder.PathOf("App_Data/roundtable.db"), "SELECT count(*) FROM Roles"), Is.EqualTo("2"));
            Assert.That(Directory.GetFiles(folder.Name, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public async Task Backup_DoesNotCreateADatabase()
    {
        using var folder = new TempFolder();
        var backup = await ProgramRun.RunAsync(folder.Name, [], "backup", "--to", folder.PathOf("copy.db"));
        Assert.Multiple(() =>
        {
            Assert.That(backup.ExitCode, Is.EqualTo(1));
            Assert.That(backup.ErrorLines, Has.Count.EqualTo(1).And.One.Contains("There is no database"));
            Assert.That(Directory.GetFiles(folder.Name, "*", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public async Task Backup_PointsToSqlServersTools_OnSqlServer()
    {
        using var folder = new TempFolder();
        var backup = await ProgramRun.RunAsync(
            folder.Name,
            [("Database:Provider", "SqlServer"), ("ConnectionStrings:Roundtable", "Server=192.0.2.1;Database=nowhere")],
            "backup",
            "--to",
            "copy.db"
        );
        Assert.Multiple(() =>
        {
            Assert.That(backup.ExitCode, Is.EqualTo(2));
            Assert.That(backup.ErrorLines, Has.Count.EqualTo(1).And.One.Contains("BACKUP DATABASE"));
        });
    }

    private static Task<int> WriteAsync(Browser user, CancellationToken ct) =>
        Task.Run(
            async () =>
            {
                var writes = 0;
                for (; !ct.IsCancellationRequested; writes++)
                {
                    (await user.PatchAsync("/users/me", new { name = $"Name {writes}" })).ShouldSucceed();
                }

                return writes;
            },
            CancellationToken.None
        );

    private static string? Query(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false;Mode=ReadWrite");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
