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
    private const int BusyTimeoutMilliseconds = 5000;

    // CurrentSessionQuery is the same for EF Core.
    private const string SessionSql = """
        SELECT s."Id", u."Id", u."Email", u."Name", s."Method", s."RememberMe", s."AuthenticatedAtUtc", s."RefreshedAtUtc", s."LastSeenAtUtc", s."ExpiresAtUtc",
               s."CreatedAtUtc", s."IpAddress", s."UserAgent", s."ImpersonatorSessionId", r."Name", r."PermissionList", c."ClaimType", c."ClaimValue"
        FROM "Sessions" s
        JOIN "Users" u ON u."Id" = s."UserId"
        LEFT JOIN "UserRoles" h ON h."UserId" = u."Id"
        LEFT JOIN "Roles" r ON r."Name" = h."RoleName"
        LEFT JOIN "UserClaims" c ON c."UserId" = u."Id"
        WHERE s."{0}" = $key AND s."EndedAtUtc" IS NULL AND s."ExpiresAtUtc" > $now AND (u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= $now)
        """;

    /// <summary>What a user's answer shows, of <c>u</c>, <c>p</c> and <c>c</c>; UserMappingProfile is the same for EF Core. Names of roles have no spaces.</summary>
    public const string UserColumns = """
        u."Id", u."Email", u."Name", u."Image", u."EmailVerified", u."BanReason", u."BannedUntilUtc", u."LastSeenOrEpochUtc", u."CreatedAtUtc", u."UpdatedAtUtc",
               u."Version", p."Bio", p."Locale", p."TimeZone", p."Extra", c."TwoFactorEnabled",
               (SELECT group_concat("RoleName", ' ') FROM "UserRoles" WHERE "UserId" = u."Id")
        """;

    private const string UserSql = $"""
        SELECT {UserColumns}
        FROM "Users" u
        JOIN "UserProfiles" p ON p."UserId" = u."Id"
        JOIN "Credentials" c ON c."UserId" = u."Id"
        WHERE u."Id" = $key
        """;

    // Who waits to be indexed is a candidate whatever is searched.
    private const string CandidatesSql = """
        SELECT k."UserId" FROM "UserSearch" s CROSS JOIN "UserSearchKeys" k ON k."RowKey" = s.rowid WHERE s."UserSearch" MATCH $expression
        UNION ALL SELECT "UserId" FROM "UserSearchPending"
        LIMIT $max
        """;

    // As many pages as people use in turn; the rest is prepared anew.
    private const int MaxPages = 64;

    public static readonly string SessionByKeySql = SessionSql.Replace("{0}", "KeyHash", StringComparison.Ordinal);
    public static readonly string SessionByIdSql = SessionSql.Replace("{0}", "Id", StringComparison.Ordinal);

    private readonly string path;
    private readonly sqlite3 database;
    private readonly SqliteStatement sessionByKey;
    private readonly SqliteStatement sessionById;
    private readonly SqliteStatement user;
    private readonly Dictionary<string, SqliteStatement> pages = new(StringComparer.Ordinal);

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
        SqliteDiagnostics.Tell(path, UserSql, ("$key", id));
        user.Bind(1, id);
        try
        {
            return user.Step() ? UserOf(user, fields, nowUtc) : null;
        }
        finally
        {
            user.Reset();
        }
    }

    public List<UserDto> ReadPage(SqliteUserPage page, ProfileFields fields, DateTime nowUtc)
    {
        var sql = page.Sql;
        SqliteDiagnostics.Tell(path, sql, page.Values);
        var statement = Prepared(sql);
        for (var i = 0; i < page.Values.Count; i++)
        {
            statement.Bind(i + 1, page.Values[i]);
        }

        return statement.ToList((fields, nowUtc), static (row, of) => UserOf(row, of.fields, of.nowUtc));
    }

    public List<string> Candidates(string expression, int max)
    {
        SqliteDiagnostics.Tell(path, CandidatesSql, ("$expression", expression), ("$max", max));
        var statement = Prepared(CandidatesSql);
        statement.Bind(1, expression);
        statement.Bind(2, max);
        return statement.ToList(0, static (row, column) => row.Text(column));
    }

    public void Dispose()
    {
        ForgetPages();
        sessionByKey.Dispose();
        sessionById.Dispose();
        user.Dispose();
        database.Dispose();
    }

    private List<CurrentSessionQuery.Row> Sessions(SqliteStatement statement, string sql, string key, DateTime nowUtc)
    {
        var now = nowUtc.ToString(SqliteTime.Format, CultureInfo.InvariantCulture);
        SqliteDiagnostics.Tell(path, sql, ("$key", key), ("$now", now));
        statement.Bind(1, key);
        statement.Bind(2, now);
        return statement.ToList(0, static (row, _) => SessionOf(row));
    }

    /// <summary>A row of <see cref="SessionByKeySql"/> or <see cref="SessionByIdSql"/>.</summary>
    public static CurrentSessionQuery.Row SessionOf(SqliteStatement row) => new(
        row.Text(0), row.Text(1), row.Text(2), row.Text(3), Enum.Parse<SessionMethod>(row.Text(4)), row.Flag(5),
        row.Time(6), row.Time(7), row.Time(8), row.Time(9), row.Time(10), row.TextOrNull(11), row.TextOrNull(12),
        row.TextOrNull(13), row.TextOrNull(14), row.TextOrNull(15), row.TextOrNull(16), row.TextOrNull(17));

    private SqliteStatement Prepared(string sql)
    {
        if (!pages.TryGetValue(sql, out var statement))
        {
            if (pages.Count == MaxPages)
            {
                ForgetPages();
            }

            pages[sql] = statement = new SqliteStatement(database, sql);
        }

        return statement;
    }

    private void ForgetPages()
    {
        foreach (var statement in pages.Values)
        {
            statement.Dispose();
        }

        pages.Clear();
    }

    // Sorted here: asked of SQLite, that costs a table of its own for each user.
    private static string[] RolesOf(string? text)
    {
        var roles = text?.Split(' ') ?? [];
        Array.Sort(roles, StringComparer.Ordinal);
        return roles;
    }

    private static UserDto UserOf(SqliteStatement row, ProfileFields fields, DateTime nowUtc)
    {
        var until = row.TimeOrNull(6);
        var banned = until > nowUtc;
        var lastSeen = row.Time(7);
        return new UserDto
        {
            Id = row.Text(0),
            Email = row.Text(1),
            Name = row.Text(2),
            Image = row.TextOrNull(3),
            EmailVerified = row.Flag(4),
            Roles = RolesOf(row.TextOrNull(16)),
            Banned = banned,
            BanReason = banned ? row.TextOrNull(5) : null,
            BanExpiresAt = banned && until != User.Forever ? until : null,
            LastSeenAt = lastSeen == User.NeverSeen ? null : lastSeen,
            CreatedAt = row.Time(8),
            UpdatedAt = row.Time(9),
            Version = row.Number(10),
            Profile = new ProfileDto
            {
                Bio = row.TextOrNull(11),
                Locale = row.TextOrNull(12),
                TimeZone = row.TextOrNull(13),

                // Where no field is configured nothing is read, whatever was stored when one was.
                Extra = fields.IsEmpty ? null : fields.Show(row.TextOrNull(14)),
            },
            TwoFactorEnabled = row.Flag(15),
        };
    }
}
