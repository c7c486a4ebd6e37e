using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class OneTimeTokenRepository(RoundtableDbContext db) : IOneTimeTokenRepository
{
    public void Add(OneTimeToken token) => db.OneTimeTokens.Add(token);

    public Task<OneTimeToken?> FindLiveAsync(string secretHash, DateTime nowUtc, CancellationToken ct) =>
        CompiledQueries<Queries>.Of(db).Live(db, secretHash, nowUtc, ct);

    public async Task<bool> ConsumeAsync(string secretHash, DateTime nowUtc, CancellationToken ct) =>
        await Live(secretHash, nowUtc).ExecuteUpdateAsync(s => s.SetProperty(t => t.ConsumedAtUtc, nowUtc), ct) == 1;

    public async Task<bool> TryAttemptAsync(string secretHash, int limit, DateTime nowUtc, CancellationToken ct) =>
        await Live(secretHash, nowUtc).Where(t => t.FailedAttempts < limit).ExecuteUpdateAsync(s => s.SetProperty(t => t.FailedAttempts, t => t.FailedAttempts + 1), ct) == 1;

    public Task MoveAsync(string id, string userId, string subject, CancellationToken ct) =>
        db.OneTimeTokens.Where(t => t.Id == id && t.UserId == userId).ExecuteUpdateAsync(s => s.SetProperty(t => t.Subject, subject), ct);

    public Task RevokeAsync(string userId, TokenPurpose purpose, string subject, bool allButSubject, CancellationToken ct) =>
        db.OneTimeTokens.Where(t => t.UserId == userId && t.Purpose == purpose && (t.Subject == subject) != allButSubject).ExecuteDeleteAsync(ct);

    public async Task<IReadOnlyList<string>> FindTrustedAsync(
        UserFilter filter, IReadOnlyCollection<string> exceptRoles, string exceptSubject, int max, DateTime nowUtc, CancellationToken ct)
    {
        var users = QueriedUserPages.Filter(db, db.Users, filter, nowUtc);
        return await WithoutRoles(db.OneTimeTokens, exceptRoles)
            .Where(t => t.Purpose == TokenPurpose.TrustedBrowser && t.Subject != exceptSubject && users.Any(u => u.Id == t.UserId))
            .OrderBy(t => t.UserId)
            .Select(t => t.Id)
            .Take(max)
            .ToListAsync(ct);
    }

    public Task<int> RemoveManyAsync(IReadOnlyList<string> ids, IReadOnlyCollection<string> exceptRoles, CancellationToken ct) =>
        WithoutRoles(db.OneTimeTokens, exceptRoles).Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);

    public Task SupersedeAsync(TokenPurpose purpose, string subject, CancellationToken ct) => CompiledQueries<Queries>.Of(db).Supersede(db, purpose, subject, ct);

    public async Task RevokeAllAsync(string userId, string subject, bool alsoUndo, CancellationToken ct)
    {
        await db.OneTimeTokens.Where(t => t.UserId == userId && t.ConsumedAtUtc == null && (alsoUndo || t.Purpose != TokenPurpose.EmailChangeUndo)).ExecuteDeleteAsync(ct);
        await db.OneTimeTokens.Where(t => t.Subject == subject && t.ConsumedAtUtc == null && (alsoUndo || t.Purpose != TokenPurpose.EmailChangeUndo)).ExecuteDeleteAsync(ct);
    }

    private IQueryable<OneTimeToken> WithoutRoles(IQueryable<OneTimeToken> tokens, IReadOnlyCollection<string> roles) =>
        roles.Count == 0 ? tokens : tokens.Where(t => !db.UserRoles.Any(r => r.UserId == t.UserId && roles.Contains(r.RoleName)));

    // Two that were issued at the same moment did not see each other to supersede: only the newest one works.
    private IQueryable<OneTimeToken> Live(string secretHash, DateTime nowUtc) => db.OneTimeTokens.AsNoTracking().Where(t =>
        t.SecretHash == secretHash
        && t.ConsumedAtUtc == null
        && t.ExpiresAtUtc > nowUtc
        && !db.OneTimeTokens.Any(n => n.Subject == t.Subject && n.Purpose == t.Purpose && n.ConsumedAtUtc == null && string.Compare(n.Id, t.Id) > 0));

    private sealed class Queries
    {
        // The same as Live, which cannot be called from here: the update by it decides.
        public Func<RoundtableDbContext, string, DateTime, CancellationToken, Task<OneTimeToken?>> Live { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, string secretHash, DateTime nowUtc, CancellationToken ct) => db.OneTimeTokens.AsNoTracking().FirstOrDefault(t =>
                t.SecretHash == secretHash
                && t.ConsumedAtUtc == null
                && t.ExpiresAtUtc > nowUtc
                && !db.OneTimeTokens.Any(n => n.Subject == t.Subject && n.Purpose == t.Purpose && n.ConsumedAtUtc == null && string.Compare(n.Id, t.Id) > 0)));

        public Func<RoundtableDbContext, TokenPurpose, string, CancellationToken, Task<int>> Supersede { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, TokenPurpose purpose, string subject, CancellationToken ct) =>
                db.OneTimeTokens.Where(t => t.Subject == subject && t.Purpose == purpose && t.ConsumedAtUtc == null).ExecuteDelete());
    }
}
