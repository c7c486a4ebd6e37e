using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class OneTimeTokenRepository(RoundtableDbContext db) : IOneTimeTokenRepository
{
    public void Add(OneTimeToken token) => db.OneTimeTokens.Add(token);

    public Task<OneTimeToken?> FindLiveAsync(string secretHash, DateTime nowUtc, CancellationToken ct) =>
        CompiledQueries<Queries>.Of(db).Live(db, secretHash, nowUtc, ct);

    public async Task<bool> ConsumeAsync(string secretHash, bool inBrowser, DateTime nowUtc, CancellationToken ct) =>
        await Live(secretHash, nowUtc)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.ConsumedAtUtc, nowUtc).SetProperty(t => t.UsedInBrowser, inBrowser), ct) == 1;

    public Task<OneTimeToken?> FindByBrowserAsync(string browserHash, CancellationToken ct) =>
        db.OneTimeTokens.AsNoTracking().FirstOrDefaultAsync(t => t.BrowserHash == browserHash, ct);

    public async Task<IReadOnlyList<OneTimeToken>> ListUnusedAsync(
        TokenPurpose purpose,
        string userId,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        await db
            .OneTimeTokens.AsNoTracking()
            .Where(t => t.UserId == userId && t.Purpose == purpose && t.ConsumedAtUtc == null && t.ExpiresAtUtc > nowUtc)
            .OrderBy(t => t.Id)
            .ToListAsync(ct);

    public async Task<bool> TryAttemptAsync(string secretHash, int limit, DateTime nowUtc, CancellationToken ct) =>
        await Live(secretHash, nowUtc)
            .Where(t => t.FailedAttempts < limit)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.FailedAttempts, t => t.FailedAttempts + 1), ct) == 1;

    public async Task MoveAsync(string id, string userId, string subject, DateTime? expiresAtUtc, CancellationToken ct)
    {
        var moved = await db
            .OneTimeTokens.Where(t => t.Id == id && t.UserId == userId)
            .ExecuteUpdateAsync(
                s => s.SetProperty(t => t.Subject, subject).SetProperty(t => t.ExpiresAtUtc, t => expiresAtUtc ?? t.ExpiresAtUtc),
                ct
            );
        if (moved == 0)
        {
            throw new DbUpdateConcurrencyException("The token no longer exists.");
        }
    }

    public Task RevokeBrowsersAsync(string userId, string sessionId, bool allButSession, bool includeKnown, CancellationToken ct) =>
        db
            .OneTimeTokens.Where(t =>
                t.UserId == userId
                && (t.Purpose == TokenPurpose.TrustedBrowser || (includeKnown && t.Purpose == TokenPurpose.KnownBrowser))
                && (t.Subject == sessionId) != allButSession
            )
            .ExecuteDeleteAsync(ct);

    public Task<OneTimeToken?> FindKnownBrowserAsync(
        IReadOnlyCollection<string> secretHashes,
        string normalizedEmail,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        db
            .OneTimeTokens.AsNoTracking()
            .Where(t => secretHashes.Contains(t.SecretHash) && t.Purpose == TokenPurpose.KnownBrowser && t.ExpiresAtUtc > nowUtc)
            .Where(t => db.Users.Any(u => u.Id == t.UserId && u.NormalizedEmail == normalizedEmail))
            .OrderByDescending(t => t.Id)
            .FirstOrDefaultAsync(ct);

    public Task TrimKnownBrowsersAsync(string userId, int keep, CancellationToken ct) =>
        db
            .OneTimeTokens.Where(t =>
                t.UserId == userId
                && t.Purpose == TokenPurpose.KnownBrowser
                && db.OneTimeTokens.Count(n =>
                    n.UserId == userId && n.Purpose == TokenPurpose.KnownBrowser && string.Compare(n.Id, t.Id) > 0
                ) >= keep
            )
            .ExecuteDeleteAsync(ct);

    public Task RevokeKnownBrowsersAsync(
        string userId,
        string keepSessionId,
        IReadOnlyCollection<string> keepHashes,
        CancellationToken ct
    ) =>
        db
            .OneTimeTokens.Where(t =>
                t.UserId == userId
                && t.Purpose == TokenPurpose.KnownBrowser
                && t.Subject != keepSessionId
                && !keepHashes.Contains(t.SecretHash)
            )
            .ExecuteDeleteAsync(ct);

    public async Task<IReadOnlyList<string>> FindTrustedAsync(
        UserFilter filter,
        IReadOnlyCollection<string> exceptRoles,
        string exceptSubject,
        int max,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        var users = UserConditions.Users(db, filter, nowUtc);
        return await WithoutRoles(db.OneTimeTokens, exceptRoles)
            .Where(t => t.Purpose == TokenPurpose.TrustedBrowser && t.Subject != exceptSubject && users.Any(u => u.Id == t.UserId))
            .OrderBy(t => t.UserId)
            .Select(t => t.Id)
            .Take(max)
            .ToListAsync(ct);
    }

    public Task<int> RemoveManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct) =>
        WithoutRoles(db.OneTimeTokens, exceptRoles).Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);

    // Ended, not deleted: the browser that requested one learns that it is no longer valid.
    public Task SupersedeAsync(
        TokenPurpose purpose,
        string? userId,
        string subject,
        string? askedBy,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        db
            .OneTimeTokens.Where(t =>
                t.Subject == subject
                && t.Purpose == purpose
                && t.ConsumedAtUtc == null
                && (t.UserId == null || t.UserId == userId)
                && (t.AskedBy == null || t.AskedBy == askedBy)
            )
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.ConsumedAtUtc, nowUtc), ct);

    public async Task RevokeAllAsync(
        string userId,
        string subject,
        string? undosAfterId,
        bool keepPendingLogins,
        DateTime nowUtc,
        CancellationToken ct
    )
    {
        // Ended, not deleted: the browser that requested a link learns that it is no longer valid, as for an address without an account.
        await db
            .OneTimeTokens.Where(t => t.UserId == userId && t.ConsumedAtUtc == null && t.BrowserHash != null)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.ConsumedAtUtc, nowUtc), ct);
        await db
            .OneTimeTokens.Where(t => t.UserId == null && t.Subject == subject && t.ConsumedAtUtc == null)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.ConsumedAtUtc, nowUtc), ct);
        await db
            .OneTimeTokens.Where(t =>
                t.UserId == userId
                && t.ConsumedAtUtc == null
                && t.Purpose != TokenPurpose.KnownBrowser
                && !(keepPendingLogins && t.Purpose == TokenPurpose.PendingLogin)
                && (
                    (t.Purpose != TokenPurpose.EmailChangeUndo && t.Purpose != TokenPurpose.NotMe)
                    || (undosAfterId != null && string.Compare(t.Id, undosAfterId) > 0)
                )
            )
            .ExecuteDeleteAsync(ct);
    }

    private IQueryable<OneTimeToken> WithoutRoles(IQueryable<OneTimeToken> tokens, IReadOnlyCollection<string> roles) =>
        roles.Count == 0 ? tokens : tokens.Where(t => !db.UserRoles.Any(r => r.UserId == t.UserId && roles.Contains(r.RoleName)));

    // Two tokens issued at the same moment did not supersede each other: only the account's newest one works, and of those that a known
    // browser requested, the newest that the same browser requested. A token that a session requested ends with it.
    private IQueryable<OneTimeToken> Live(string secretHash, DateTime nowUtc) =>
        db
            .OneTimeTokens.AsNoTracking()
            .Where(t =>
                t.SecretHash == secretHash
                && t.ConsumedAtUtc == null
                && t.ExpiresAtUtc > nowUtc
                && (t.SessionId == null || db.Sessions.Any(s => s.Id == t.SessionId && s.EndedAtUtc == null && s.ExpiresAtUtc > nowUtc))
                && !db.OneTimeTokens.Any(n =>
                    n.Subject == t.Subject
                    && n.Purpose == t.Purpose
                    && n.UserId == t.UserId
                    && n.ConsumedAtUtc == null
                    && (t.AskedBy == null || n.AskedBy == t.AskedBy)
                    && string.Compare(n.Id, t.Id) > 0
                )
            );

    private sealed class Queries
    {
        // The same as Live, which cannot be called here; the update with Live decides.
        public Func<RoundtableDbContext, string, DateTime, CancellationToken, Task<OneTimeToken?>> Live { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string secretHash, DateTime nowUtc, CancellationToken ct) =>
                    db
                        .OneTimeTokens.AsNoTracking()
                        .FirstOrDefault(t =>
                            t.SecretHash == secretHash
                            && t.ConsumedAtUtc == null
                            && t.ExpiresAtUtc > nowUtc
                            && (
                                t.SessionId == null
                                || db.Sessions.Any(s => s.Id == t.SessionId && s.EndedAtUtc == null && s.ExpiresAtUtc > nowUtc)
                            )
                            && !db.OneTimeTokens.Any(n =>
                                n.Subject == t.Subject
                                && n.Purpose == t.Purpose
                                && n.UserId == t.UserId
                                && n.ConsumedAtUtc == null
                                && (t.AskedBy == null || n.AskedBy == t.AskedBy)
                                && string.Compare(n.Id, t.Id) > 0
                            )
                        )
            );
    }
}
