using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Transactions;

/// <summary>Locks a role's row until the transaction ends: transactions that grant the role or count its holders wait.</summary>
internal static class RoleRowLock
{
    // Writing a column to itself locks the row on every database.
    public static Task LockRoleAsync(this RoundtableDbContext db, string name, CancellationToken ct) =>
        db.Roles.Where(r => r.Name == name).ExecuteUpdateAsync(s => s.SetProperty(r => r.UpdatedAtUtc, r => r.UpdatedAtUtc), ct);
}
