using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// Rescans all users, one batch a minute, for index entries that are out of date: the previous version records no changes, while
/// instances are replaced or after a rollback to it, nor does SQL that is run by hand.
/// </summary>
internal sealed class SearchReconciliation(TimeProvider time)
{
    public const int MaxFound = 1000;

    private const int BatchSize = 10_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private string after = "";
    private long? rested;

    /// <summary>The users of the next batch to add to the change log; none until a batch is due.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(RoundtableDbContext db, CancellationToken ct)
    {
        if (rested is { } since && time.GetElapsedTime(since) < Rest)
        {
            return [];
        }

        var rest = db.Users.Where(u => string.Compare(u.Id, after) > 0);
        var end = await rest.OrderBy(u => u.Id).Take(BatchSize).MaxAsync(u => (string?)u.Id, ct);
        var found = end is null
            ? []
            : await Unlike(db, rest.Where(u => string.Compare(u.Id, end) <= 0)).OrderBy(id => id).Take(MaxFound).ToListAsync(ct);
        after = found.Count == MaxFound ? found[^1] : end ?? "";
        rested = found.Count == MaxFound ? null : time.GetTimestamp();
        return found;
    }

    private static IQueryable<string> Unlike(RoundtableDbContext db, IQueryable<User> users) =>
        users
            .Where(u => !db.Set<SearchedUser>().Any(s => s.UserId == u.Id && s.Text == u.NormalizedEmail + "\n" + u.NormalizedName))
            .Select(u => u.Id);
}
