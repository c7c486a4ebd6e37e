using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Application.Common;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Brings the database's schema up to date, and tells whether it is.</summary>
public sealed class SchemaMigrator(RoundtableDbContext db, IDatabaseErrors errors)
{
    /// <summary>Applies pending migrations; EF Core's lock lets one of several starting instances do it.</summary>
    /// <exception cref="ConfigurationException">The connection string leads to no database that can be worked with.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        try
        {
            if (db.Database.IsSqlite())
            {
                CreateFile(db.Database.GetConnectionString()!);
            }

            await db.Database.MigrateAsync(ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || errors.IsUnavailable(e))
        {
            throw new ConfigurationException(
                $"ConnectionStrings:{DatabaseOptions.ConnectionName}", $"names a database that cannot be made or opened: {e.Message.TrimEnd('.')}", e);
        }
    }

    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        // Opened first: EF Core takes a database that is away for one without migrations.
        await db.Database.OpenConnectionAsync(ct);
        return !(await db.Database.GetPendingMigrationsAsync(ct)).Any();
    }

    /// <summary>All migrations as SQL; where the provider can, each step checks whether it is applied.</summary>
    public string Script() => db.GetService<IMigrator>().GenerateScript(
        options: db.Database.IsSqlite() ? MigrationsSqlGenerationOptions.Default : MigrationsSqlGenerationOptions.Idempotent);

    // Requests open the file with Mode=ReadWrite, so that one that went missing is noticed; here it may be made.
    private static void CreateFile(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        Directory.CreateDirectory(Path.GetDirectoryName(builder.DataSource)!);
        using DbConnection connection = new SqliteConnection(builder.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        command.ExecuteNonQuery();
    }
}
