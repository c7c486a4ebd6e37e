using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Tells without EF Core whether a file has all migrations: that one builds its services and its model to answer, which is half of what a
/// start takes.
/// </summary>
/// <param name="connectionString">As requests use it: it does not make the file.</param>
internal sealed class SqliteSchema(string connectionString) : ISchema
{
    /// <summary>False also where the file cannot be read: whoever migrates finds out why.</summary>
    public bool IsCurrent()
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();

            // A file that was copied, or restored from a backup, may have lost it.
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
