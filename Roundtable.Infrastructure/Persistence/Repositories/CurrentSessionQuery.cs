using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>
/// Everything that a request needs to know about its session, in one compiled query: the session, whether its user may come in,
/// and the permissions, one row a role (and a claim, which few have). It runs on every request, so that a revocation, ban or demotion holds from the next one on.
/// Plain outer joins: SQLite would work out an inner join inside an outer one for all users first.
/// </summary>
internal static class CurrentSessionQuery
{
    // Few sets of roles exist at a time. Who may write roles can make ever new ones, which must not fill the memory.
    private const int MaxHeld = 1000;

    // The permissions of a set of roles, by what the rows say: every request needs one.
    private static readonly ConcurrentDictionary<string, (FrozenSet<string> Roles, FrozenSet<string> Permissions)> Held = new(StringComparer.Ordinal);

    public static Task<List<Row>> ByKeyAsync(RoundtableDbContext db, string keyHash, DateTime now, CancellationToken ct) =>
        CollectAsync(CompiledQueries<Queries>.Of(db).ByKey(db, keyHash, now), ct);

    public static Task<List<Row>> ByIdAsync(RoundtableDbContext db, string id, DateTime now, CancellationToken ct) =>
        CollectAsync(CompiledQueries<Queries>.Of(db).ById(db, id, now), ct);

    /// <summary>The session of some rows; an impersonation hangs on the admin's own.</summary>
    public static async Task<CurrentSession?> FindAsync(List<Row> rows, Func<string, Task<List<Row>>> byId) =>
        rows is [{ ImpersonatorSessionId: { } admins }, ..] ? Impersonated(rows, await byId(admins)) : Assemble(rows);

    public static CurrentSession? Assemble(List<Row> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var s = rows[0];
        var (roles, permissions) = RolesOf(rows);
        return new CurrentSession(
            s.SessionId, s.UserId, s.Email, s.Name, s.Method, s.RememberMe, s.AuthenticatedAtUtc, s.RefreshedAtUtc, s.LastSeenAtUtc, s.ExpiresAtUtc,
            s.CreatedAtUtc, s.IpAddress, s.UserAgent, roles, permissions, null)
        { Claims = ClaimsOf(rows) };
    }

    /// <summary>An impersonation lives only while the admin's own session does, and while the admin may impersonate this very user.</summary>
    public static CurrentSession? Impersonated(List<Row> rows, List<Row> adminRows) =>
        Assemble(rows) is { } session
        && Assemble(adminRows) is { } admin
        && admin.Has(Permissions.UsersImpersonate)
        && !session.Roles.Contains(Role.AdminName)
        && session.Permissions.IsSubsetOf(admin.Permissions)
            ? session with { Impersonator = new Impersonator(admin.UserId, admin.Email, admin.Id) }
            : null;

    private static (FrozenSet<string> Roles, FrozenSet<string> Permissions) RolesOf(List<Row> rows)
    {
        var key = rows.Count == 1 ? RoleOf(rows[0]) : string.Join(';', rows.Select(RoleOf).Distinct(StringComparer.Ordinal));
        if (Held.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Held.Count >= MaxHeld)
        {
            Held.Clear();
        }

        return Held.GetOrAdd(
            key,
            static (_, rows) =>
            {
                var held = rows.Where(r => r.RoleName is not null).ToList();
                return (
                    held.Select(r => r.RoleName!).ToFrozenSet(StringComparer.Ordinal),
                    held.SelectMany(r => Permissions.OfRole(r.RoleName!, r.PermissionList ?? "")).ToFrozenSet(StringComparer.Ordinal));
            },
            rows);
    }

    private static string RoleOf(Row row) => $"{row.RoleName}={row.PermissionList}";

    private static IReadOnlyList<UserClaim> ClaimsOf(List<Row> rows) =>
        rows[0].ClaimType is null ? [] : [.. rows.Select(r => new UserClaim(r.ClaimType!, r.ClaimValue ?? "")).Distinct()];

    private static async Task<List<Row>> CollectAsync(IAsyncEnumerable<Row> rows, CancellationToken ct)
    {
        var list = new List<Row>(1);
        await foreach (var row in rows.WithCancellation(ct))
        {
            list.Add(row);
        }

        return list;
    }

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, DateTime, IAsyncEnumerable<Row>> ByKey { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, string keyHash, DateTime now) =>
                from s in db.Sessions
                where s.KeyHash == keyHash && s.EndedAtUtc == null && s.ExpiresAtUtc > now
                join u in db.Users on s.UserId equals u.Id
                where u.BannedUntilUtc == null || u.BannedUntilUtc <= now
                from held in db.UserRoles.Where(x => x.UserId == u.Id).DefaultIfEmpty()
                from r in db.Roles.Where(x => x.Name == held!.RoleName).DefaultIfEmpty()
                from c in db.UserClaims.Where(x => x.UserId == u.Id).DefaultIfEmpty()
                select new Row(
                    s.Id, u.Id, u.Email, u.Name, s.Method, s.RememberMe, s.AuthenticatedAtUtc, s.RefreshedAtUtc, s.LastSeenAtUtc, s.ExpiresAtUtc,
                    s.CreatedAtUtc, s.IpAddress, s.UserAgent, s.ImpersonatorSessionId, r!.Name, r.PermissionList, c!.ClaimType, c.ClaimValue));

        public Func<RoundtableDbContext, string, DateTime, IAsyncEnumerable<Row>> ById { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, string id, DateTime now) =>
                from s in db.Sessions
                where s.Id == id && s.EndedAtUtc == null && s.ExpiresAtUtc > now
                join u in db.Users on s.UserId equals u.Id
                where u.BannedUntilUtc == null || u.BannedUntilUtc <= now
                from held in db.UserRoles.Where(x => x.UserId == u.Id).DefaultIfEmpty()
                from r in db.Roles.Where(x => x.Name == held!.RoleName).DefaultIfEmpty()
                from c in db.UserClaims.Where(x => x.UserId == u.Id).DefaultIfEmpty()
                select new Row(
                    s.Id, u.Id, u.Email, u.Name, s.Method, s.RememberMe, s.AuthenticatedAtUtc, s.RefreshedAtUtc, s.LastSeenAtUtc, s.ExpiresAtUtc,
                    s.CreatedAtUtc, s.IpAddress, s.UserAgent, s.ImpersonatorSessionId, r!.Name, r.PermissionList, c!.ClaimType, c.ClaimValue));
    }

    /// <summary>A session with one of its user's roles, and one of their claims.</summary>
    internal sealed record Row(
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
        string? ImpersonatorSessionId,
        string? RoleName,
        string? PermissionList,
        string? ClaimType,
        string? ClaimValue);
}
