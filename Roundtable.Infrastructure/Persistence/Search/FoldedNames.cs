using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Search;

/// <summary>
/// Renews the folded names of users who wait to be indexed: an earlier version folded case alone, and no database can fold accents as
/// <see cref="User.NormalizeName"/> does. A migration queued them once.
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
                // Only while the name is the one that was read.
                await db
                    .Users.Where(u => u.Id == user.Id && u.Name == user.Name)
                    .ExecuteUpdateAsync(s => s.SetProperty(u => u.NormalizedName, folded), ct);
            }
        }
    }
}
