using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Sessions;
using Roundtable.Infrastructure.Persistence.Repositories;

namespace Roundtable.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Locks the rows of session and user until the transaction ends: a revocation, ban or demotion under way is waited for, and one that follows waits.
/// Without locks READ COMMITTED SNAPSHOT would show how they were before. Roles are many people's: their rows are locked for reading, so that who
/// changes what a role allows waits for its holders' writes under way, and they don't wait for each other.
/// </summary>
internal sealed class SqlServerSessionLoads : ISessionLoads
{
    public async Task<CurrentSession?> ByKeyAsync(RoundtableDbContext db, string keyHash, DateTime nowUtc, CancellationToken ct) =>
        await CurrentSessionQuery.FindAsync(
            await Rows(db, Sessions(db).Where(s => s.KeyHash == keyHash), nowUtc).ToListAsync(ct),
            id => Rows(db, Sessions(db).Where(s => s.Id == id), nowUtc).ToListAsync(ct));

    internal static IQueryable<Session> Sessions(RoundtableDbContext db) => db.Sessions.FromSql($"SELECT * FROM [Sessions] WITH (UPDLOCK, ROWLOCK)");

    // The built-in ones allow what they allow. Without a lock: who takes role admin from somebody locks its row for writing.
    private static IQueryable<Role> Roles(RoundtableDbContext db) => db.Roles.FromSql(
        $"SELECT * FROM [Roles] WITH (REPEATABLEREAD, ROWLOCK) WHERE [Name] NOT IN ('admin', 'user') UNION ALL SELECT * FROM [Roles] WHERE [Name] IN ('admin', 'user')");

    internal static IQueryable<CurrentSessionQuery.Row> Rows(RoundtableDbContext db, IQueryable<Session> sessions, DateTime now) =>
        from s in sessions
        where s.EndedAtUtc == null && s.ExpiresAtUtc > now
        join u in db.Users.FromSql($"SELECT * FROM [Users] WITH (UPDLOCK, ROWLOCK)") on s.UserId equals u.Id
        where u.BannedUntilUtc == null || u.BannedUntilUtc <= now
        from held in db.UserRoles.FromSql($"SELECT * FROM [UserRoles] WITH (READCOMMITTEDLOCK)").Where(x => x.UserId == u.Id).DefaultIfEmpty()
        from r in Roles(db).Where(x => x.Name == held!.RoleName).DefaultIfEmpty()
        from c in db.UserClaims.Where(x => x.UserId == u.Id).DefaultIfEmpty()
        select new CurrentSessionQuery.Row(
            s.Id, u.Id, u.Email, u.Name, s.Method, s.RememberMe, s.AuthenticatedAtUtc, s.RefreshedAtUtc, s.LastSeenAtUtc, s.ExpiresAtUtc,
            s.CreatedAtUtc, s.IpAddress, s.UserAgent, s.ImpersonatorSessionId, r!.Name, r.PermissionList, c!.ClaimType, c.ClaimValue);
}
