using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Serializes operations that open something on an account with operations that end it. Both lock the user's row before they write any
/// dependent row, and the opener continues only with the version that it loaded. Writing a column to itself locks the row on every
/// database. If units of work run one at a time, they are already serialized.
/// </summary>
internal sealed class UserRowLock(RoundtableDbContext db, WriteCoordinator writers)
{
    /// <summary>Locks the row until the transaction ends, for operations that end things.</summary>
    public async Task TakeAsync(string userId, CancellationToken ct)
    {
        if (!writers.IsExclusive)
        {
            await LockAsync(db.Users.Where(u => u.Id == userId), ct);
        }
    }

    /// <summary>
    /// Locks the row of a loaded user, for operations that open things. A row that was changed or deleted since is a lost race, which
    /// retries the unit of work.
    /// </summary>
    public async Task ClaimAsync(User user, CancellationToken ct)
    {
        // No other transaction sees a user that this one adds.
        if (writers.IsExclusive || db.Entry(user) is not { State: EntityState.Unchanged or EntityState.Modified } entry)
        {
            return;
        }

        var version = entry.Property(u => u.Version).OriginalValue;
        if (await LockAsync(db.Users.Where(u => u.Id == user.Id && u.Version == version), ct) == 0)
        {
            throw new DbUpdateConcurrencyException("The user has changed since it was loaded.");
        }
    }

    private static Task<int> LockAsync(IQueryable<User> users, CancellationToken ct) =>
        users.ExecuteUpdateAsync(s => s.SetProperty(u => u.Version, u => u.Version), ct);
}
