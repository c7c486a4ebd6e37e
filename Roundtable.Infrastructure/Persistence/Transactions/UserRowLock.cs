using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>
/// Orders what opens something on an account with what ends it. Both lock the user's row before they write anything that hangs on it, and
/// the opener goes on only with the version that it loaded. Writing a column to itself locks the row on every database. Where units of work
/// run one at a time they are in order already.
/// </summary>
internal sealed class UserRowLock(RoundtableDbContext db, WriteCoordinator writers)
{
    /// <summary>Locks the row until the transaction ends, for what ends things.</summary>
    public async Task TakeAsync(string userId, CancellationToken ct)
    {
        if (!writers.IsExclusive)
        {
            await LockAsync(db.Users.Where(u => u.Id == userId), ct);
        }
    }

    /// <summary>
    /// Locks the row of a loaded user, for what opens things. A row that was changed or deleted since is a lost race, which repeats the
    /// unit.
    /// </summary>
    public async Task ClaimAsync(User user, CancellationToken ct)
    {
        // Nobody else sees an account that this transaction adds.
        if (writers.IsExclusive || db.Entry(user) is not { State: EntityState.Unchanged or EntityState.Modified } entry)
        {
            return;
        }

        var version = entry.Property(u => u.Version).OriginalValue;
        if (await LockAsync(db.Users.Where(u => u.Id == user.Id && u.Version == version), ct) == 0)
        {
            throw new DbUpdateConcurrencyException("The user is no longer as it was loaded.");
        }
    }

    private static Task<int> LockAsync(IQueryable<User> users, CancellationToken ct) =>
        users.ExecuteUpdateAsync(s => s.SetProperty(u => u.Version, u => u.Version), ct);
}
