using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Common;
using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Brings the database's schema up to date, and tells whether it is.</summary>
public sealed class SchemaMigrator(RoundtableDbContext db, IDatabaseErrors errors, TimeProvider clock)
{
    // Requests wait seconds for a statement; one that goes through all users may take longer, and other instances wait for who migrates.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    // sqlcmd begins with quoted identifiers off, with which no filtered index can be made, and goes on after an error in the middle of a
    // transaction.
    private const string ServerOptions = """
        SET QUOTED_IDENTIFIER ON;
        SET XACT_ABORT ON;
        GO


        """;

    /// <summary>Applies pending migrations; of several starting instances one does it, and the others wait.</summary>
    /// <exception cref="ConfigurationException">The connection string leads to no database that can be worked with.</exception>
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
                $"names a database that cannot be made or opened: {e.Message.TrimEnd('.')}",
                e
            );
        }
    }

    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        // Opened first: EF Core takes a database that is away for one without migrations.
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

    /// <summary>All migrations as SQL; for SQL Server each step checks whether it is applied.</summary>
    public string Script() =>
        db.Database.IsSqlite()
            ? db.GetService<IMigrator>().GenerateScript()
            : ServerOptions + db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

    private async Task MigrateFileAsync(SqliteConnectionStringBuilder builder, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(builder.DataSource)!);
        using var turn = await SqliteMigrationLock.EnterAsync(builder.DataSource, clock, ct);
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

    // Requests open the file with Mode=ReadWrite, so that one that went missing is noticed; here it may be made.
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
