using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>The fast check that skips EF Core's migrations at startup succeeds only if none are pending.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SqliteSchemaTests
{
    [Test]
    public async Task IsCurrent_IsTrue_WhenEveryMigrationIsApplied()
    {
        using var folder = new TempFolder();
        Assert.That(new SqliteSchema(await MigratedAsync(folder)).IsCurrent(), Is.True);
    }

    [Test]
    public async Task IsCurrent_IsFalse_WhenTheNewestMigrationIsMissing()
    {
        using var folder = new TempFolder();
        var connection = await MigratedAsync(folder);
        Run(connection, "DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");
        Assert.That(new SqliteSchema(connection).IsCurrent(), Is.False);
    }

    [Test]
    public void IsCurrent_IsFalseAndCreatesNothing_WhenThereIsNoFile()
    {
        using var folder = new TempFolder();
        var file = folder.PathOf("none.db");
        Assert.Multiple(() =>
        {
            Assert.That(new SqliteSchema(Requests(file)).IsCurrent(), Is.False);
            Assert.That(File.Exists(file), Is.False);
        });
    }

    [TestCase("")]
    [TestCase("this is no database, whatever its name says")]
    public async Task IsCurrent_IsFalse_WhenTheFileIsNoDatabase(string content)
    {
        using var folder = new TempFolder();
        var file = folder.PathOf("odd.db");
        await File.WriteAllTextAsync(file, content);
        Assert.That(new SqliteSchema(Requests(file)).IsCurrent(), Is.False);
    }

    [Test]
    public async Task IsCurrent_RestoresWriteAheadLogging()
    {
        using var folder = new TempFolder();
        var connection = await MigratedAsync(folder);
        Assert.That(Run(connection, "PRAGMA journal_mode = DELETE"), Is.EqualTo("delete"));
        _ = new SqliteSchema(connection).IsCurrent();
        Assert.That(Run(connection, "PRAGMA journal_mode"), Is.EqualTo("wal"));
    }

    private static async Task<string> MigratedAsync(TempFolder folder)
    {
        var file = folder.PathOf("roundtable.db");
        await using var db = new SqliteRoundtableDbContext(
            new DbContextOptionsBuilder<SqliteRoundtableDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options
        );
        await db.Database.MigrateAsync();
        return Requests(file);
    }

    private static string Requests(string file) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ConnectionString;

    private static string? Run(string connectionString, string statement)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar()?.ToString();
    }
}
