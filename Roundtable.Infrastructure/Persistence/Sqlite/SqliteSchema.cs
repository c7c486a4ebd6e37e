using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Checks without EF Core whether a file has all migrations: EF Core builds its services and its model for that, which takes half of the
/// startup time.
/// </summary>
/// <param name="connectionString">As used by requests: it does not create the file.</param>
internal sealed class SqliteSchema(string connectionString) : ISchema
{
    /// <summary>False also if the file cannot be read: the migration then finds out why.</summary>
    public bool IsCurrent()
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();

            // A file that was copied, or restored from a backup, may have lost this mode.
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
            command.CommandText = $"SELECT \"MigrationId\" FROM \"{HistoryRepository.DefaultTableName}\"";
            using var rows = command.ExecuteReader();
            var applied = new HashSet<string>(StringComparer.Ordinal);
            while (rows.Read())
            {
                applied.Add(rows.GetString(0));
            }

            return applied.IsSupersetOf(Migrations());
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Migrations() =>
        typeof(SqliteRoundtableDbContext)
            .Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(SqliteRoundtableDbContext))
            .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>();
}
