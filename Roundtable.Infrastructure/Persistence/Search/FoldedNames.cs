using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>
/// Updates the folded names of users who are queued for indexing: an earlier version folded only case, and no database can fold accents
/// as <see cref="User.NormalizeName"/> does. A migration queued them once.
/// </summary>
internal static class FoldedNames
{
    public static async Task RenewAsync(RoundtableDbContext db, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var users = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new
            {
                u.Id,
                u.Name,
                u.NormalizedName,
            })
            .ToListAsync(ct);
        foreach (var user in users)
        {
            var folded = User.NormalizeName(user.Name);
            if (folded != user.NormalizedName)
            {
                // Only if the name has not changed since it was read.
                await db
                    .Users.Where(u => u.Id == user.Id && u.Name == user.Name)
                    .ExecuteUpdateAsync(s => s.SetProperty(u => u.NormalizedName, folded), ct);
            }
        }
    }
}
