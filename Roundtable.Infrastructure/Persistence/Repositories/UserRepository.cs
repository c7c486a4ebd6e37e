using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class UserRepository(RoundtableDbContext db, HotReader reads, IThrottle throttle, UserRowLock row, TimeProvider clock)
    : IUserRepository
{
    public void Add(User user) => db.Users.Add(user);

    public Task<User?> LoadAsync(string id, CancellationToken ct) => UserLoader.ByIdAsync(db, id, ct);

    public Task<User?> LoadWithCredentialsAsync(string id, CancellationToken ct) =>
        WithCredentials().FirstOrDefaultAsync(u => u.Id == id, ct);

    public Task<User?> LoadForSignInAsync(string id, CancellationToken ct) => UserLoader.ForSignInByIdAsync(db, id, ct);

    public Task<User?> LoadForSignInByEmailAsync(string normalizedEmail, CancellationToken ct) =>
        UserLoader.ForSignInByEmailAsync(db, normalizedEmail, ct);

    public Task<bool> HasTwoFactorAsync(string id, CancellationToken ct) =>
        db.ChangeTracker.Tracked<Credentials>().FirstOrDefault(c => c.Entity.UserId == id) is { } loaded
            ? Task.FromResult(loaded.Entity.TwoFactorEnabled)
            : CompiledQueries<Queries>.Of(db).HasTwoFactor(db, id, ct);

    public Task ClaimAsync(User user, CancellationToken ct) => row.ClaimAsync(user, ct);

    public async Task RemoveAsync(User user, CancellationToken ct)
    {
        // Of several concurrent deletions one succeeds.
        await row.ClaimAsync(user, ct);
        await throttle.ClearAsync(user.Id, ct);
        await throttle.ClearAsync(PasswordAttempts.KnownBrowsersOf(user.Id), ct);
        await throttle.ClearAsync(user.NormalizedEmail, ct);
        await db.OneTimeTokens.Where(t => t.UserId == null && t.Subject == user.NormalizedEmail).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.ImpersonatorId == user.Id).ExecuteDeleteAsync(ct);
        await db.ApiKeys.Where(k => k.CreatedById == user.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.CreatedById, (string?)null), ct);
        await db
            .ServiceAccounts.Where(a => a.CreatedById == user.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.CreatedById, (string?)null), ct);

        // Profile, credentials, roles, sessions, API keys, tokens and mails are deleted with the row, by foreign key.
        await db.Users.Where(u => u.Id == user.Id).ExecuteDeleteAsync(ct);
        db.Entry(user).State = EntityState.Detached;
    }

    public Task<User?> LoadByEmailAsync(string normalizedEmail, CancellationToken ct) => UserLoader.ByEmailAsync(db, normalizedEmail, ct);

    public Task<UserDto?> ReadAsync(string id, CancellationToken ct) => reads.ReadAsync(db, id, ct);

    public Task<bool> ExistsAsync(string id, CancellationToken ct) => db.Users.AnyAsync(u => u.Id == id, ct);

    public async Task<int> CountOtherAdminsAsync(string userId, CancellationToken ct)
    {
        await db.LockRoleAsync(Role.AdminName, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db
            .UserRoles.Where(r => r.RoleName == Role.AdminName && r.UserId != userId)
            .Join(db.Users, r => r.UserId, u => u.Id, (_, u) => u.BannedUntilUtc)
            .CountAsync(until => until == null || until <= now, ct);
    }

    private IQueryable<User> WithCredentials() =>
        db
            .Users.Include(u => u.Profile)
            .Include(u => u.Roles)
            .Include(u => u.Credentials)
                .ThenInclude(c => c.Passkeys)
            .Include(u => u.Credentials)
                .ThenInclude(c => c.RecoveryCodes)
            .AsSplitQuery();

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, CancellationToken, Task<bool>> HasTwoFactor { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string id, CancellationToken ct) => db.Credentials.Any(c => c.UserId == id && c.TwoFactorEnabled)
            );
    }
}
