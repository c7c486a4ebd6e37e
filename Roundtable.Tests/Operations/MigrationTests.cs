using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Operations;

/// <summary>Migrations run once, however processes start, and keep the previous version working.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MigrationTests
{
    /// <summary>
    /// Destructive steps that are still correct, as <c>Migration: operation</c>, each with the reason: usually that the previous
    /// version no longer uses what is dropped.
    /// </summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["UserSearch: runs SQL of its own"] = "adds an index that triggers keep, whichever version writes",
        ["NoteUsers: runs SQL of its own"] = "adds rows to a table that the version before does not know",
        ["IdentityTables: runs SQL of its own"] =
            "fills a column that the version before does not know; users whom that version makes get theirs with the next change",
        ["LongerPasswordHash: runs SQL of its own"] = "widens a column",
        ["MagicLinkCodes: makes values of OneTimeTokens unique (IX_OneTimeTokens_BrowserHash)"] =
            "the column is new, and the version before leaves it empty",
        ["FoldNames: runs SQL of its own"] = "queues users for the search's own worker, whichever version writes",
        ["WebhookCreator: runs SQL of its own"] = "adds a column that may be null, with its foreign key",
    };

    [Test]
    public async Task Migrate_RunsOnce_WhenSeveralProcessesStartAtOnce()
    {
        using var folder = new TempFolder();
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ServerProcess.RunAsync(folder.Name, [], "migrate")));
        Assert.That(runs.Select(r => r.ExitCode), Is.All.Zero, string.Concat(runs.Select(r => r.Errors)));
        Assert.That(
            Query(runs[0].DatabaseFile, "SELECT count(*) FROM __EFMigrationsHistory"),
            Is.EqualTo(Models.Sqlite().Database.GetMigrations().Count())
        );
        Assert.That(Query(runs[0].DatabaseFile, "SELECT count(*) FROM Roles"), Is.EqualTo(2));
        Array.ForEach(runs, r => r.Dispose());
    }

    [Test]
    public async Task Migrate_Continues_WhenAProcessWasKilledHoldingTheLock([Values] bool migrated)
    {
        using var folder = new TempFolder();
        var file = folder.PathOf("App_Data/roundtable.db");
        Directory.CreateDirectory(folder.PathOf("App_Data"));
        if (migrated)
        {
            using var before = await ServerProcess.RunAsync(folder.Name, [], "migrate");
            Assert.That(before.ExitCode, Is.Zero, before.Errors);
        }

        // The lock that EF Core leaves.
        Query(
            file,
            "CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL CONSTRAINT PK___EFMigrationsLock PRIMARY KEY, "
                + "Timestamp TEXT NOT NULL)",
            create: true
        );
        Query(file, "INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-01-01 00:00:00')");

        using var program = await ServerProcess.RunAsync(folder.Name, [], "migrate");
        Assert.That(program.ExitCode, Is.Zero, program.Errors);
        Assert.That(Query(file, "SELECT count(*) FROM Roles"), Is.EqualTo(2));
    }

    [Test]
    public void Migrations_AfterTheFirst_AreBackwardCompatibleByOneVersion([Values("Sqlite", "SqlServer")] string provider)
    {
        using var db = provider == "Sqlite" ? Models.Sqlite() : Models.SqlServer();
        var migrations = db.GetService<IMigrationsAssembly>();
        var destructive = migrations
            .Migrations.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Skip(1)
            .SelectMany(m =>
                Destructive(migrations.CreateMigration(m.Value, db.Database.ProviderName!).UpOperations)
                    .Select(o => $"{m.Key[(m.Key.IndexOf('_', StringComparison.Ordinal) + 1)..]}: {o}")
            )
            .Where(o => !Allowed.ContainsKey(o));
        Assert.That(
            destructive,
            Is.Empty,
            "The previous version could not work with it: use two releases, or allow it here with a reason. See docs/operations.md."
        );
    }

    // An index on a table created by the same migration is harmless.
    private static IEnumerable<string> Destructive(IReadOnlyList<MigrationOperation> operations)
    {
        var made = operations.OfType<CreateTableOperation>().Select(o => o.Name).ToHashSet();
        return operations
            .Select(o =>
                o switch
                {
                    DropTableOperation drop => $"drops table {drop.Name}",
                    DropColumnOperation drop => $"drops column {drop.Table}.{drop.Name}",
                    RenameTableOperation rename => $"renames table {rename.Name}",
                    RenameColumnOperation rename => $"renames column {rename.Table}.{rename.Name}",
                    AlterColumnOperation alter when Narrows(alter) => $"narrows column {alter.Table}.{alter.Name}",
                    AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null, ComputedColumnSql: null } add =>
                        $"adds column {add.Table}.{add.Name}, which needs a value and has no default",
                    CreateIndexOperation { IsUnique: true } index when !made.Contains(index.Table) =>
                        $"makes values of {index.Table} unique ({index.Name})",
                    AddUniqueConstraintOperation unique when !made.Contains(unique.Table) =>
                        $"makes values of {unique.Table} unique ({unique.Name})",
                    SqlOperation => "runs SQL of its own",
                    _ => null,
                }
            )
            .OfType<string>();
    }

    private static bool Narrows(AlterColumnOperation alter) =>
        (alter.OldColumn.IsNullable && !alter.IsNullable)
        || alter.OldColumn.ClrType != alter.ClrType
        || (alter.MaxLength ?? int.MaxValue) < (alter.OldColumn.MaxLength ?? int.MaxValue);

    private static long Query(string file, string sql, bool create = false)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false;Mode={(create ? "ReadWriteCreate" : "ReadWrite")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }
}
