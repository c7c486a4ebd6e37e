using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Statistics;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class SessionRepository(RoundtableDbContext db, IConfigurationProvider maps, IStatistics statistics, UserRowLock userRow)
    : ISessionRepository
{
    public async Task AddAsync(Session session, User user, CancellationToken ct)
    {
        await userRow.ClaimAsync(user, ct);
        db.Sessions.Add(session);
    }

    public async Task<IReadOnlyList<SessionDto>> ListAsync(string userId, DateTime nowUtc, CancellationToken ct) =>
        await Live(nowUtc)
            .Where(s => s.UserId == userId)
            .OrderByDescending(s => s.LastSeenAtUtc)
            .ThenByDescending(s => s.Id)
            .ProjectTo<SessionDto>(maps)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<SessionDto>> ListAllAsync(string userId, CancellationToken ct) =>
        await db.Sessions.Where(s => s.UserId == userId).OrderByDescending(s => s.Id).ProjectTo<SessionDto>(maps).ToListAsync(ct);

    public async Task<IReadOnlyList<string?>> ListUserAgentsAsync(string userId, CancellationToken ct) =>
        await CompiledQueries<Queries>.Of(db).UserAgents(db, userId).ToListAsync(ct);

    public Task LimitAsync(string id, DateTime untilUtc, DateTime nowUtc, CancellationToken ct) =>
        Live(nowUtc)
            .Where(s => s.Id == id && s.ExpiresAtUtc > untilUtc)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAtUtc, untilUtc), ct);

    public async Task<RekeyedSession?> RekeyAsync(
        string id,
        string keyHash,
        Func<bool, DateTime, DateTime> endOf,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var own = await Live(nowUtc).Where(s => s.Id == id).Select(s => new { s.RememberMe, s.CreatedAtUtc }).FirstOrDefaultAsync(ct);
        if (own is null)
        {
            return null;
        }

        var end = endOf(own.RememberMe, own.CreatedAtUtc);
        return
            await Live(nowUtc)
                .Where(s => s.Id == id)
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(x => x.KeyHash, keyHash)
                            .SetProperty(x => x.RefreshedAtUtc, nowUtc)
                            .SetProperty(x => x.ExpiresAtUtc, end),
                    ct
                ) == 1
            ? new RekeyedSession(own.RememberMe, end)
            : null;
    }

    public async Task<IReadOnlyList<string>> FindMatchingAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string exceptId,
        int max,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var users = UserConditions.Users(db, filter, nowUtc);
        return await WithoutRoles(Live(nowUtc), exceptRoles)
            .Where(s => s.Id != exceptId && users.Any(u => u.Id == s.UserId))
            .OrderBy(s => s.ExpiresAtUtc)
            .Select(s => s.Id)
            .Take(max)
            .ToListAsync(ct);
    }

    public async Task<int> EndManyAsync(
        IReadOnlyList<string> ids,
        IReadOnlyCollection<string> exceptRoles,
        SessionEndReason reason,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var ended = await EndWhereAsync(
            WithoutRoles(db.Sessions.Where(s => ids.Contains(s.Id) && s.EndedAtUtc == null), exceptRoles),
            reason,
            nowUtc,
            ct
        );
        var hanging = db.Sessions.Where(s => ids.Contains(s.ImpersonatorSessionId!) && s.EndedAtUtc == null);
        var allowed =
            exceptRoles.Count == 0
                ? hanging
                : hanging.Where(s => !db.UserRoles.Any(r => r.UserId == s.ImpersonatorId && exceptRoles.Contains(r.RoleName)));
        await EndWhereAsync(allowed, reason, nowUtc, ct);
        return ended;
    }

    public Task ReauthenticateAsync(string id, DateTime nowUtc, CancellationToken ct) =>
        Live(nowUtc).Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.AuthenticatedAtUtc, nowUtc), ct);

    public Task<string?> FindOwnerAsync(string id, DateTime nowUtc, CancellationToken ct) =>
        Live(nowUtc).Where(s => s.Id == id).Select(s => s.UserId).FirstOrDefaultAsync(ct);

    public async Task<bool> EndAsync(string id, SessionEndReason reason, DateTime nowUtc, CancellationToken ct)
    {
        var ended = await EndWhereAsync(Live(nowUtc).Where(s => s.Id == id), reason, nowUtc, ct) == 1;
        await EndWhereAsync(db.Sessions.Where(s => s.ImpersonatorSessionId == id && s.EndedAtUtc == null), reason, nowUtc, ct);
        return ended;
    }

    public async Task<int> EndAllAsync(string userId, string? exceptId, SessionEndReason reason, DateTime nowUtc, CancellationToken ct)
    {
        await userRow.TakeAsync(userId, ct);
        var ended = await EndWhereAsync(
            Live(nowUtc).Where(s => s.UserId == userId && (exceptId == null || s.Id != exceptId)),
            reason,
            nowUtc,
            ct
        );
        await EndWhereAsync(
            db.Sessions.Where(s =>
                s.ImpersonatorId == userId && s.EndedAtUtc == null && (exceptId == null || s.ImpersonatorSessionId != exceptId)
            ),
            reason,
            nowUtc,
            ct
        );
        return ended;
    }

    public async Task TouchAsync(CurrentSession session, DateTime? expiresAtUtc, DateTime nowUtc, CancellationToken ct)
    {
        var touched = await Live(nowUtc)
            .Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(x => x.LastSeenAtUtc, nowUtc)
                        .SetProperty(x => x.RefreshedAtUtc, x => expiresAtUtc == null ? x.RefreshedAtUtc : nowUtc)
                        .SetProperty(x => x.ExpiresAtUtc, x => expiresAtUtc ?? x.ExpiresAtUtc),
                ct
            );
        if (touched == 0)
        {
            // It has ended since it was read: there is no activity.
            return;
        }

        if (session.LastSeenAtUtc < nowUtc.Date)
        {
            statistics.Count(Metric.ActiveSessions);
        }

        if (session.Impersonator is null)
        {
            var today = nowUtc.Date;
            if (
                await db
                    .Users.Where(u => u.Id == session.UserId && u.LastSeenOrEpochUtc < today)
                    .ExecuteUpdateAsync(s => s.SetProperty(u => u.LastSeenOrEpochUtc, nowUtc), ct) == 1
            )
            {
                statistics.Count(Metric.ActiveUsers);
            }
            else
            {
                await db
                    .Users.Where(u => u.Id == session.UserId)
                    .ExecuteUpdateAsync(s => s.SetProperty(u => u.LastSeenOrEpochUtc, nowUtc), ct);
            }
        }
    }

    private IQueryable<Session> WithoutRoles(IQueryable<Session> found, IReadOnlyCollection<string> roles) =>
        roles.Count == 0 ? found : found.Where(s => !db.UserRoles.Any(r => r.UserId == s.UserId && roles.Contains(r.RoleName)));

    private IQueryable<Session> Live(DateTime nowUtc) =>
        db.Sessions.AsNoTracking().Where(s => s.EndedAtUtc == null && s.ExpiresAtUtc > nowUtc);

    private static Task<int> EndWhereAsync(IQueryable<Session> sessions, SessionEndReason reason, DateTime nowUtc, CancellationToken ct) =>
        sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAtUtc, nowUtc).SetProperty(x => x.EndReason, reason), ct);

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, IAsyncEnumerable<string?>> UserAgents { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string userId) =>
                    db.Sessions.Where(s => s.UserId == userId && s.ImpersonatorId == null).Select(s => s.UserAgent).Distinct()
            );
    }
}
