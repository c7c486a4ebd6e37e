using System.Collections.Concurrent;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>
/// Reads everything that a request needs to know about its session in one statement: the session, whether its user has access, and the
/// permissions, one row for each role (and each claim, which few users have). It runs on every request, so that a revocation, ban or
/// demotion takes effect with the next one.
/// </summary>
internal sealed class SessionRead
{
    private static readonly ConcurrentDictionary<(SqlDialect, bool), SessionRead> Known = [];

    /// <param name="locked">Whether the rows of session and user stay locked until the transaction ends: it waits for a revocation, ban
    /// or demotion in progress, and a later one waits for it. Without locks, READ COMMITTED SNAPSHOT would return the previous versions.
    /// Many users share a role: a change of its permissions waits for the current writes of its holders, who do not wait for each
    /// other.</param>
    private SessionRead(SqlDialect sql, bool locked)
    {
        ByKey = Text("KeyHash", sql, locked);
        ById = Text("Id", sql, locked);
    }

    /// <summary>The SQL that finds a session by the hash of its key.</summary>
    public string ByKey { get; }

    /// <summary>The SQL that finds a session by its id.</summary>
    public string ById { get; }

    public static SessionRead Of(SqlDialect sql, bool locked) =>
        Known.GetOrAdd((sql, locked), static key => new SessionRead(key.Item1, key.Item2));

    /// <summary>
    /// Finds the session of a key. An impersonation is valid only while the admin's own session is, and while the admin may impersonate
    /// this user.
    /// </summary>
    /// <param name="run">Reads the rows of a statement.</param>
    public async Task<CurrentSession?> FindAsync(string keyHash, DateTime nowUtc, Func<SqlStatement, Task<List<SessionRow>>> run)
    {
        var rows = await run(Statement(ByKey, keyHash, nowUtc));
        if (rows is not [{ ImpersonatorSessionId: { } adminsId }, ..])
        {
            return Assemble(rows);
        }

        return
            Assemble(rows) is { } session
            && Assemble(await run(Statement(ById, adminsId, nowUtc))) is { } admin
            && admin.Has(Permissions.UsersImpersonate)
            && !session.Roles.Contains(Role.AdminName)
            && session.Permissions.IsSubsetOf(admin.Permissions)
            ? session with
            {
                Impersonator = new Impersonator(admin.UserId, admin.Email, admin.Id),
            }
            : null;
    }

    public static SessionRow Map(IRow row) =>
        new(
            row.Text("SessionId"),
            row.Text("UserId"),
            row.Text("Email"),
            row.Text("UserName"),
            Enum.Parse<SessionMethod>(row.Text("Method")),
            row.Flag("RememberMe"),
            row.Time("AuthenticatedAtUtc"),
            row.Time("RefreshedAtUtc"),
            row.Time("LastSeenAtUtc"),
            row.Time("ExpiresAtUtc"),
            row.Time("CreatedAtUtc"),
            row.TextOrNull("IpAddress"),
            row.TextOrNull("UserAgent"),
            row.TextOrNull("Provider"),
            row.TextOrNull("ImpersonatorSessionId"),
            row.TextOrNull("RoleName"),
            row.TextOrNull("PermissionList"),
            row.TextOrNull("ClaimType"),
            row.TextOrNull("ClaimValue")
        );

    private static SqlStatement Statement(string text, string key, DateTime nowUtc) =>
        new(text, [SqlValue.Key(key), SqlValue.Time(nowUtc)]);

    // Plain outer joins: SQLite would first evaluate an inner join inside an outer one for all users.
    private static string Text(string key, SqlDialect sql, bool locked)
    {
        var (forUpdate, committed, roles) = locked ? (sql.ForUpdate, sql.Committed, sql.RolesInUse) : ("", "", "\"Roles\"");
        return $"""
            SELECT s."Id" AS "SessionId", u."Id" AS "UserId", u."Email", u."Name" AS "UserName", s."Method", s."RememberMe",
                   s."AuthenticatedAtUtc", s."RefreshedAtUtc", s."LastSeenAtUtc", s."ExpiresAtUtc", s."CreatedAtUtc", s."IpAddress",
                   s."UserAgent", s."Provider", s."ImpersonatorSessionId", r."Name" AS "RoleName", r."PermissionList", c."ClaimType",
                   c."ClaimValue"
            FROM "Sessions" s {forUpdate}
            INNER JOIN "Users" u {forUpdate} ON u."Id" = s."UserId"
            LEFT JOIN "UserRoles" h {committed} ON h."UserId" = u."Id"
            LEFT JOIN {roles} r ON r."Name" = h."RoleName"
            LEFT JOIN "UserClaims" c ON c."UserId" = u."Id"
            WHERE s."{key}" = @u1 AND s."EndedAtUtc" IS NULL AND s."ExpiresAtUtc" > @u2
              AND (u."BannedUntilUtc" IS NULL OR u."BannedUntilUtc" <= @u2)
            """;
    }

    private static CurrentSession? Assemble(List<SessionRow> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var s = rows[0];
        var held = HeldRoles.Of([.. rows.Select(r => (r.RoleName, r.PermissionList))]);
        return new CurrentSession(
            s.SessionId,
            s.UserId,
            s.Email,
            s.Name,
            s.Method,
            s.RememberMe,
            s.AuthenticatedAtUtc,
            s.RefreshedAtUtc,
            s.LastSeenAtUtc,
            s.ExpiresAtUtc,
            s.CreatedAtUtc,
            s.IpAddress,
            s.UserAgent,
            s.Provider,
            held.Roles,
            held.Permissions,
            null
        )
        {
            Claims = ClaimsOf(rows),
        };
    }

    private static IReadOnlyList<UserClaim> ClaimsOf(List<SessionRow> rows) =>
        rows[0].ClaimType is null ? [] : [.. rows.Select(r => new UserClaim(r.ClaimType!, r.ClaimValue ?? "")).Distinct()];
}

/// <summary>A session with one role and one claim of its user.</summary>
internal sealed record SessionRow(
    string SessionId,
    string UserId,
    string Email,
    string Name,
    SessionMethod Method,
    bool RememberMe,
    DateTime AuthenticatedAtUtc,
    DateTime RefreshedAtUtc,
    DateTime LastSeenAtUtc,
    DateTime ExpiresAtUtc,
    DateTime CreatedAtUtc,
    string? IpAddress,
    string? UserAgent,
    string? Provider,
    string? ImpersonatorSessionId,
    string? RoleName,
    string? PermissionList,
    string? ClaimType,
    string? ClaimValue
);
