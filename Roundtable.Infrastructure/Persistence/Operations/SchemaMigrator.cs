using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Migrates the database's schema, and reports whether it is current.</summary>
public sealed class SchemaMigrator(RoundtableDbContext db, IDatabaseErrors errors, TimeProvider clock)
{
    // Requests wait seconds for a statement; a migration of all users may take longer, and other instances wait for the one that
    // migrates.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    // sqlcmd starts with quoted identifiers off, so that filtered indexes cannot be created, and continues after an error in the middle
    // of a transaction.
    private const string ServerOptions = """
        SET QUOTED_IDENTIFIER ON;
        SET XACT_ABORT ON;
        GO


        """;

    /// <summary>Applies pending migrations; of several starting instances one migrates, and the others wait.</summary>
    /// <exception cref="ConfigurationException">The connection string does not lead to a usable database.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        try
        {
            if (db.Database.IsSqlite())
            {
                await MigrateFileAsync(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()!), ct);
            }
            else
            {
                await MigrateServerAsync(ct);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || errors.IsUnavailable(e))
        {
            throw new ConfigurationException(
                $"ConnectionStrings:{DatabaseOptions.ConnectionName}",
                $"names a database that cannot be created or opened: {e.Message.TrimEnd('.')}",
                e
            );
        }
    }

    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        // Open first: EF Core treats an unavailable database as one without migrations.
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return !(await db.Database.GetPendingMigrationsAsync(ct)).Any();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>All migrations as SQL; for SQL Server each step checks whether it is already applied.</summary>
    public string Script() =>
        db.Database.IsSqlite()
            ? db.GetService<IMigrator>().GenerateScript()
            : ServerOptions + db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

    private async Task MigrateFileAsync(SqliteConnectionStringBuilder builder, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(builder.DataSource)!);
        using var migrationLock = await SqliteMigrationLock.AcquireAsync(builder.DataSource, clock, ct);
        CreateFile(builder);
        await SqliteMigrationLock.BreakLeftBehindAsync(db, ct);
        await db.Database.MigrateAsync(ct);
    }

    private async Task MigrateServerAsync(CancellationToken ct)
    {
        var usual = db.Database.GetCommandTimeout();
        try
        {
            db.Database.SetCommandTimeout(Patience);
            await db.Database.MigrateAsync(ct);
        }
        finally
        {
            db.Database.SetCommandTimeout(usual);
        }
    }

    // Requests open the file with Mode=ReadWrite, to detect a missing file; here it may be created.
    private static void CreateFile(SqliteConnectionStringBuilder requests)
    {
        var builder = new SqliteConnectionStringBuilder(requests.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        };
        using DbConnection connection = new SqliteConnection(builder.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        command.ExecuteNonQuery();
    }
}
