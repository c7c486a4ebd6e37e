using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Roundtable.Bench.Baseline;

/// <summary>
/// A thousand users with a session each, in a SQLite file in WAL mode, created at the first start. User n has the id n as 32 hex digits.
/// </summary>
internal static class SampleData
{
    private const int Rows = 1_000;

    /// <summary>The session that every request is assumed to carry: user 500's.</summary>
    public static readonly string SessionKeyHash = KeyHash(500);

    public static void Create(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        if (IsFilled(connection))
        {
            return;
        }

        Execute(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        Execute(
            connection,
            """
            CREATE TABLE users (
                id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, image TEXT NULL, email_verified INTEGER NOT NULL,
                bio TEXT NULL, locale TEXT NULL, time_zone TEXT NULL,
                last_seen_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE sessions (
                id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), key_hash TEXT NOT NULL UNIQUE,
                ip_address TEXT NULL, user_agent TEXT NULL,
                created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER NULL);
            """
        );
        for (var n = 1; n <= Rows; n++)
        {
            AddUserWithSession(connection, n, DateTime.UtcNow);
        }

        transaction.Commit();
    }

    private static bool IsFilled(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'sessions')";
        return command.ExecuteScalar() is 1L;
    }

    private static void AddUserWithSession(SqliteConnection connection, int n, DateTime now)
    {
        var id = n.ToString("x32", CultureInfo.InvariantCulture);
        Execute(
            connection,
            """
            INSERT INTO users VALUES ($id, $email, $name, NULL, 1, 'Plays chess on Sundays.', 'en-GB', 'Europe/London', $now, $now, $now);
            INSERT INTO sessions VALUES ($id, $id, $keyHash, '127.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64)', $now, $expires, NULL);
            """,
            ("$id", id),
            ("$email", $"user{n}@example.com"),
            ("$name", $"User {n}"),
            ("$keyHash", KeyHash(n)),
            ("$now", now.Ticks),
            ("$expires", now.AddDays(7).Ticks)
        );
    }

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static string KeyHash(int n) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(n.ToString(CultureInfo.InvariantCulture))));
}
