using Microsoft.EntityFrameworkCore;
using Roundtable.Infrastructure.Persistence.Search;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// Finds users by the rarest trigrams of the search text. Users in the change log that are not yet indexed are candidates for every
/// search.
/// </summary>
internal sealed class TrigramSearch(RoundtableDbContext db, TrigramIndex index) : IUserSearch
{
    // The first ones of a 200-character text are enough.
    private const int MaxCounted = 16;

    // The row itself decides: the fifth trigram and later ones would exclude few.
    private const int MaxTrigrams = 4;

    // Up to this many users with the rarest trigram are checked for the others. If each is more common, the list's order finds matches
    // soon.
    private const int MaxRarest = 20_000;

    public async Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct)
    {
        var trigrams = Trigrams.Of(part).Take(MaxCounted).ToList();
        if (trigrams.Count == 0)
        {
            return null;
        }

        // Reads the change log first: a user indexed between the two queries is then found twice, not never, even if readers see data
        // committed meanwhile.
        var changed = await db.Set<SearchChange>()
            .Select(n => n.UserId)
            .Distinct()
            .OrderBy(id => id)
            .Take(IUserSearch.MaxCandidates + 1)
            .ToListAsync(ct);
        if (changed.Count > IUserSearch.MaxCandidates || await RarestAsync(trigrams, ct) is not { } rarest)
        {
            return null;
        }

        var found = await Users(rarest).Take(IUserSearch.MaxCandidates + 1).ToListAsync(ct);
        var candidates = changed.Union(found, StringComparer.Ordinal).ToList();
        return candidates.Count > IUserSearch.MaxCandidates ? null : candidates;
    }

    public Task IndexAsync(CancellationToken ct) => index.FollowAsync(ct);

    /// <summary>Returns the rarest first; null if that is too common. Counting stops early, so that it costs little.</summary>
    private async Task<IReadOnlyList<long>?> RarestAsync(IReadOnlyList<long> trigrams, CancellationToken ct)
    {
        var counts = await trigrams
            .Select(trigram => Having(trigram).OrderBy(g => g.RowKey).Take(MaxRarest + 1).Select(g => g.Gram))
            .Aggregate((all, one) => all.Concat(one))
            .GroupBy(trigram => trigram)
            .Select(g => new { Gram = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Gram, g => g.Count, ct);
        var rarest = trigrams.OrderBy(g => counts.GetValueOrDefault(g)).Take(MaxTrigrams).ToList();
        return counts.GetValueOrDefault(rarest[0]) > MaxRarest ? null : rarest;
    }

    // In this order the plan that the server caches for one search suits the next: both begin with the rarest.
    private IQueryable<string> Users(IReadOnlyList<long> rarest) =>
        rarest
            .Skip(1)
            .Aggregate(Having(rarest[0]), (having, trigram) => having.Where(g => Having(trigram).Any(other => other.RowKey == g.RowKey)))
            .OrderBy(g => g.RowKey)
            .Join(db.Set<SearchedUser>(), g => g.RowKey, s => s.RowKey, (_, s) => s.UserId);

    private IQueryable<SearchTrigram> Having(long trigram) => db.Set<SearchTrigram>().Where(g => g.Gram == trigram);
}
