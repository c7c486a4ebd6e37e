using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>One connection with its prepared statements; for one caller at a time.</summary>
internal sealed class SqliteReads : IDisposable
{
    /// <summary>Tells listeners each statement, as EF Core does for its own.</summary>
    public static readonly DiagnosticListener Statements = new("Roundtable.Database");

    private const string SessionSql = """
        SELECT s."Id", u."Id", u."Email", u."Name", s."Method", s."RememberMe", s."AuthenticatedAtUtc", s."RefreshedAtUtc", s."LastSeenAtUtc", s."ExpiresAtUtc",
               s."ImpersonatorSessionId", r."Name", r."PermissionList"
        FROM "Sessions" s
        JOIN "Users" u ON u."Id" = s."UserId"
        LEFT JOIN "UserRoles" h ON h."UserId" = u."Id"
        LEFT JOIN "Roles" r ON r."Name" = h."RoleName"
        WHERE s."KeyHash" = $key AND s."EndedAtUtc" IS NULL AND s."ExpiresAtUtc" > $now AND (u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= $now)
        """;

    private const string UserSql = """
        SELECT u."Email", u."Name", u."Image", u."EmailVerified", u."BanReason", u."BannedUntilUtc", u."LastSeenOrEpochUtc", u."CreatedAtUtc", u."UpdatedAtUtc",
               u."Version", p."Bio", p."Locale", p."TimeZone", c."TwoFactorEnabled", h."RoleName"
        FROM "Users" u
        JOIN "UserProfiles" p ON p."UserId" = u."Id"
        JOIN "Credentials" c ON c."UserId" = u."Id"
        LEFT JOIN "UserRoles" h ON h."UserId" = u."Id"
        WHERE u."Id" = $key
        ORDER BY h."RoleName"
        """;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand session;
    private readonly SqliteCommand user;

    private SqliteReads(SqliteConnection connection)
    {
        this.connection = connection;
        IsReadOnly = SqliteConnectionInterceptor.IsReadOnly(connection);
        session = Prepare(SessionSql, "$key", "$now");
        user = Prepare(UserSql, "$key");
    }

    public static SqliteReads Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return new SqliteReads(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is to be used once only.</summary>
    public bool IsReadOnly { get; }

    public (CurrentSession? Session, string? ImpersonatorSessionId) FindSession(string keyHash, DateTime nowUtc)
    {
        session.Parameters[0].Value = keyHash;
        session.Parameters[1].Value = nowUtc;
        var rows = new List<CurrentSessionQuery.Row>(1);
        using var reader = Execute(session);
        while (reader.Read())
        {
            rows.Add(new CurrentSessionQuery.Row(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Enum.Parse<SessionMethod>(reader.GetString(4)), reader.GetBoolean(5),
                Time(reader, 6), Time(reader, 7), Time(reader, 8), Time(reader, 9), Text(reader, 10), Text(reader, 11), Text(reader, 12)));
        }

        return (CurrentSessionQuery.Assemble(rows, null), rows.Count == 0 ? null : rows[0].ImpersonatorSessionId);
    }

    public UserDto? ReadUser(string id, DateTime nowUtc)
    {
        user.Parameters[0].Value = id;
        using var reader = Execute(user);
        if (!reader.Read())
        {
            return null;
        }

        DateTime? until = reader.IsDBNull(5) ? null : Time(reader, 5);
        var banned = until > nowUtc;
        var lastSeen = Time(reader, 6);
        var roles = new List<string>(1);
        var dto = new UserDto
        {
            Id = id,
            Email = reader.GetString(0),
            Name = reader.GetString(1),
            Image = Text(reader, 2),
            EmailVerified = reader.GetBoolean(3),
            Roles = roles,
            Banned = banned,
            BanReason = banned ? Text(reader, 4) : null,
            BanExpiresAt = banned && until != User.Forever ? until : null,
            LastSeenAt = lastSeen == User.NeverSeen ? null : lastSeen,
            CreatedAt = Time(reader, 7),
            UpdatedAt = Time(reader, 8),
            Version = reader.GetInt32(9),
            Profile = new ProfileDto { Bio = Text(reader, 10), Locale = Text(reader, 11), TimeZone = Text(reader, 12) },
            TwoFactorEnabled = reader.GetBoolean(13),
        };
        do
        {
            if (Text(reader, 14) is { } role)
            {
                roles.Add(role);
            }
        }
        while (reader.Read());
        return dto;
    }

    public void Dispose()
    {
        session.Dispose();
        user.Dispose();
        if (IsReadOnly)
        {
            SqliteConnection.ClearPool(connection);
        }

        connection.Dispose();
    }

    private static SqliteDataReader Execute(SqliteCommand command)
    {
        if (Statements.IsEnabled())
        {
            Statements.Write("Statement", command);
        }

        return command.ExecuteReader();
    }

    private static DateTime Time(SqliteDataReader reader, int column) => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = "" });
        }

        command.Prepare();
        return command;
    }
}
