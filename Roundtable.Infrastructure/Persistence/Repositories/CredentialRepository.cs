using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class CredentialRepository(RoundtableDbContext db) : ICredentialRepository
{
    public async Task<bool> TryAttemptAsync(string userId, int limit, TimeSpan lockFor, DateTime nowUtc, CancellationToken ct)
    {
        var until = nowUtc + lockFor;

        // An expired lock restarts the count, as does one from a clock that was ahead; the attempt that reaches the limit locks before it
        // is even checked.
        return await db
                .Credentials.Where(c =>
                    c.UserId == userId && (c.LockedUntilUtc == null || c.LockedUntilUtc <= nowUtc || c.LockedUntilUtc > until)
                )
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(c => c.FailedAttempts, c => c.LockedUntilUtc == null ? c.FailedAttempts + 1 : 1)
                            .SetProperty(
                                c => c.LockedUntilUtc,
                                c => c.LockedUntilUtc == null && c.FailedAttempts + 1 >= limit ? until : (DateTime?)null
                            ),
                    ct
                ) == 1;
    }

    public async Task<bool> UnlockAsync(string userId, CancellationToken ct) =>
        await db
            .Credentials.Where(c => c.UserId == userId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.FailedAttempts, 0).SetProperty(c => c.LockedUntilUtc, (DateTime?)null), ct) == 1;

    public async Task<bool> RehashAsync(string userId, string oldHash, string newHash, CancellationToken ct) =>
        await db
            .Credentials.Where(c => c.UserId == userId && c.PasswordHash == oldHash)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.PasswordHash, newHash), ct) == 1;

    public Task MarkSetByOthersAsync(string userId, CancellationToken ct) =>
        db.Credentials.Where(c => c.UserId == userId).ExecuteUpdateAsync(s => s.SetProperty(c => c.SetByOthers, true), ct);

    public async Task<bool> RemoveLoginsAsync(string userId, CancellationToken ct)
    {
        var removed = await db.UserLogins.Where(l => l.UserId == userId).ExecuteDeleteAsync(ct);
        await db.UserTokens.Where(t => t.UserId == userId).ExecuteDeleteAsync(ct);
        return removed > 0;
    }

    public Task RemoveLoginsConnectedAfterAsync(string userId, string id, CancellationToken ct) =>
        db.UserLogins.Where(l => l.UserId == userId && string.Compare(l.LinkedId, id) > 0).ExecuteDeleteAsync(ct);

    public async Task<bool> TakeTwoFactorStepAsync(string userId, long step, CancellationToken ct) =>
        await db
            .Credentials.Where(c => c.UserId == userId && c.LastTwoFactorStep < step)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.LastTwoFactorStep, step), ct) == 1;

    public async Task<bool> TakeRecoveryCodeAsync(string userId, string codeHash, CancellationToken ct) =>
        await db.Set<Domain.Users.RecoveryCode>().Where(r => r.UserId == userId && r.CodeHash == codeHash).ExecuteDeleteAsync(ct) == 1;
}
