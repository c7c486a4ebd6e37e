using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Roundtable.Bench.Baseline;

/// <summary>An open connection with the two SELECTs that every request needs, prepared once.</summary>
internal sealed class PreparedReader
{
    private readonly SqliteCommand session;
    private readonly SqliteParameter keyHash;
    private readonly SqliteParameter now;
    private readonly SqliteCommand user;
    private readonly SqliteParameter userId;

    public PreparedReader(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();

        session = connection.CreateCommand();
        session.CommandText =
            "SELECT id, user_id, expires_at FROM sessions WHERE key_hash = $keyHash AND ended_at IS NULL AND expires_at > $now";
        keyHash = session.Parameters.Add("$keyHash", SqliteType.Text);
        now = session.Parameters.Add("$now", SqliteType.Integer);
        session.Prepare();

        user = connection.CreateCommand();
        user.CommandText =
            "SELECT id, email, name, image, email_verified, bio, locale, time_zone, last_seen_at, created_at, updated_at FROM "
            + "users WHERE id = $id";
        userId = user.Parameters.Add("$id", SqliteType.Text);
        user.Prepare();
    }

    public bool HasSession(string hash)
    {
        keyHash.Value = hash;
        now.Value = DateTime.UtcNow.Ticks;
        using var row = session.ExecuteReader();
        return row.Read();
    }

    public bool TryWriteUser(string id, Utf8JsonWriter json)
    {
        userId.Value = id;
        using var row = user.ExecuteReader();
        if (!row.Read())
        {
            return false;
        }

        json.WriteStartObject();
        json.WriteString("id"u8, row.GetString(0));
        json.WriteString("email"u8, row.GetString(1));
        json.WriteString("name"u8, row.GetString(2));
        json.WriteString("image"u8, TextOrNull(row, 3));
        json.WriteBoolean("emailVerified"u8, row.GetInt64(4) != 0);
        json.WriteString("bio"u8, TextOrNull(row, 5));
        json.WriteString("locale"u8, TextOrNull(row, 6));
        json.WriteString("timeZone"u8, TextOrNull(row, 7));
        json.WriteString("lastSeenAt"u8, Time(row, 8));
        json.WriteString("createdAt"u8, Time(row, 9));
        json.WriteString("updatedAt"u8, Time(row, 10));
        json.WriteEndObject();
        return true;
    }

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTime Time(SqliteDataReader row, int column) => new(row.GetInt64(column), DateTimeKind.Utc);
}
