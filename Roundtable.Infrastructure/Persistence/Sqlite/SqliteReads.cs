using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Repositories;
using SQLitePCL;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>One connection with its prepared statements; for one caller at a time.</summary>
internal sealed class SqliteReads : IDisposable
{
    /// <summary>Tells listeners each statement, as EF Core does for its own.</summary>
    public static readonly DiagnosticListener Statements = new("Roundtable.Database");

    private const int BusyTimeoutMilliseconds = 5000;

    // As the provider writes times, so that they compare as text.
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    // CurrentSessionQuery is the same for EF Core.
    private const string SessionSql = """
        SELECT s."Id", u."Id", u."Email", u."Name", s."Method", s."RememberMe", s."AuthenticatedAtUtc", s."RefreshedAtUtc", s."LastSeenAtUtc", s."ExpiresAtUtc",
               s."CreatedAtUtc", s."IpAddress", s."UserAgent", s."ImpersonatorSessionId", r."Name", r."PermissionList"
        FROM "Sessions" s
        JOIN "Users" u ON u."Id" = s."UserId"
        LEFT JOIN "UserRoles" h ON h."UserId" = u."Id"
        LEFT JOIN "Roles" r ON r."Name" = h."RoleName"
        WHERE s."{0}" = $key AND s."EndedAtUtc" IS NULL AND s."ExpiresAtUtc" > $now AND (u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= $now)
        """;

    // UserProfileMap is the same for EF Core.
    private const string UserSql = """
        SELECT u."Email", u."Name", u."Image", u."EmailVerified", u."BanReason", u."BannedUntilUtc", u."LastSeenOrEpochUtc", u."CreatedAtUtc", u."UpdatedAtUtc",
               u."Version", p."Bio", p."Locale", p."TimeZone", p."Extra", c."TwoFactorEnabled", h."RoleName"
        FROM "Users" u
        JOIN "UserProfiles" p ON p."UserId" = u."Id"
        JOIN "Credentials" c ON c."UserId" = u."Id"
        LEFT JOIN "UserRoles" h ON h."UserId" = u."Id"
        WHERE u."Id" = $key
        ORDER BY h."RoleName"
        """;

    private static readonly string SessionByKeySql = SessionSql.Replace("{0}", "KeyHash", StringComparison.Ordinal);
    private static readonly string SessionByIdSql = SessionSql.Replace("{0}", "Id", StringComparison.Ordinal);

    private readonly string path;
    private readonly sqlite3 database;
    private readonly SqliteStatement sessionByKey;
    private readonly SqliteStatement sessionById;
    private readonly SqliteStatement user;

    public SqliteReads(string path)
    {
        this.path = path;
        // No mutex: the connection never has two callers.
        var code = raw.sqlite3_open_v2(path, out database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            SqliteException.ThrowExceptionForRC(code, database);
            SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(database, BusyTimeoutMilliseconds), database);
            SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, "PRAGMA query_only = ON"), database);
            sessionByKey = new SqliteStatement(database, SessionByKeySql);
            sessionById = new SqliteStatement(database, SessionByIdSql);
            user = new SqliteStatement(database, UserSql);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <summary>Whether SQLite had to open the file for reading only: it is to be used once, as the disk may be writable the next time.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(database, "main") == 1;

    public List<CurrentSessionQuery.Row> SessionByKey(string keyHash, DateTime nowUtc) => Sessions(sessionByKey, SessionByKeySql, keyHash, nowUtc);

    public List<CurrentSessionQuery.Row> SessionById(string id, DateTime nowUtc) => Sessions(sessionById, SessionByIdSql, id, nowUtc);

    public UserDto? ReadUser(string id, ProfileFields fields, DateTime nowUtc)
    {
        Tell(UserSql, ("$key", id));
        user.Bind(1, id);
        try
        {
            return user.Step() ? UserOf(id, fields, nowUtc) : null;
        }
        finally
        {
            user.Reset();
        }
    }

    public void Dispose()
    {
        sessionByKey.Dispose();
        sessionById.Dispose();
        user.Dispose();
        database.Dispose();
    }

    private List<CurrentSessionQuery.Row> Sessions(SqliteStatement statement, string sql, string key, DateTime nowUtc)
    {
        var now = nowUtc.ToString(TimeFormat, CultureInfo.InvariantCulture);
        Tell(sql, ("$key", key), ("$now", now));
        statement.Bind(1, key);
        statement.Bind(2, now);
        var rows = new List<CurrentSessionQuery.Row>(1);
        try
        {
            while (statement.Step())
            {
                rows.Add(new CurrentSessionQuery.Row(
                    statement.Text(0), statement.Text(1), statement.Text(2), statement.Text(3), Enum.Parse<SessionMethod>(statement.Text(4)), statement.Flag(5),
                    statement.Time(6), statement.Time(7), statement.Time(8), statement.Time(9), statement.Time(10), statement.TextOrNull(11), statement.TextOrNull(12),
                    statement.TextOrNull(13), statement.TextOrNull(14), statement.TextOrNull(15)));
            }
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }

    private UserDto UserOf(string id, ProfileFields fields, DateTime nowUtc)
    {
        var until = user.TimeOrNull(5);
        var banned = until > nowUtc;
        var lastSeen = user.Time(6);
        var roles = new List<string>(1);
        var dto = new UserDto
        {
            Id = id,
            Email = user.Text(0),
            Name = user.Text(1),
            Image = user.TextOrNull(2),
            EmailVerified = user.Flag(3),
            Roles = roles,
            Banned = banned,
            BanReason = banned ? user.TextOrNull(4) : null,
            BanExpiresAt = banned && until != User.Forever ? until : null,
            LastSeenAt = lastSeen == User.NeverSeen ? null : lastSeen,
            CreatedAt = user.Time(7),
            UpdatedAt = user.Time(8),
            Version = user.Number(9),
            Profile = ProfileOf(fields),
            TwoFactorEnabled = user.Flag(14),
        };
        do
        {
            if (user.TextOrNull(15) is { } role)
            {
                roles.Add(role);
            }
        }
        while (user.Step());
        return dto;
    }

    // Where no field is configured nothing is read, whatever was stored when one was.
    private ProfileDto ProfileOf(ProfileFields fields) => new()
    {
        Bio = user.TextOrNull(10),
        Locale = user.TextOrNull(11),
        TimeZone = user.TextOrNull(12),
        Extra = fields.IsEmpty ? null : fields.Show(user.TextOrNull(13)),
    };

    private void Tell(string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        if (Statements.IsEnabled())
        {
            Statements.Write("Statement", new SqliteRead(path, sql, parameters.ToArray()));
        }
    }
}

/// <summary>What listeners are told of a statement.</summary>
internal sealed record SqliteRead(string Database, string Sql, IReadOnlyList<(string Name, string Value)> Parameters);
