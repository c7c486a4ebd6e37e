using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Persistence.Search;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>Indexes the users in the change log.</summary>
internal sealed class TrigramIndex(RoundtableDbContext db, IUnitOfWork unitOfWork, SearchReconciliation round)
{
    // About 3,500 trigrams: few enough for a short transaction, and for individual row locks.
    private const int Batch = 100;

    public async Task FollowAsync(CancellationToken ct)
    {
        while (await db.Set<SearchChange>().AnyAsync(ct))
        {
            if (!await SaveAsync(IndexChangesAsync, ct))
            {
                return;
            }
        }

        var found = await round.NextAsync(db, ct);
        if (found.Count > 0)
        {
            await SaveAsync(
                _ =>
                {
                    db.Set<SearchChange>().AddRange(found.Select(SearchChange.Of));
                    return Task.CompletedTask;
                },
                ct
            );
        }
    }

    // False if other instances were faster each time; they have then done the work.
    private async Task<bool> SaveAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        var result = await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                await work(ct);
                return Result.Success;
            },
            ct
        );
        return !result.Failed;
    }

    private async Task IndexChangesAsync(CancellationToken ct)
    {
        await db.Set<SearchIndexLock>().ExecuteUpdateAsync(s => s.SetProperty(t => t.Taken, t => t.Taken + 1), ct);

        // Reads the change log before the users: a user that changes in between has a new entry by the time the change is visible.
        var notes = await db.Set<SearchChange>().AsNoTracking().OrderBy(n => n.Number).Take(Batch).ToListAsync(ct);
        var (numbers, ids) = (notes.ConvertAll(n => n.Number), notes.Select(n => n.UserId).Distinct().ToList());
        await FoldedNames.RenewAsync(db, ids, ct);
        var users = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new { u.Id, Text = u.NormalizedEmail + "\n" + u.NormalizedName })
            .ToListAsync(ct);
        var searched = await db.Set<SearchedUser>()
            .Include(s => s.Trigrams)
            .Where(s => ids.Contains(s.UserId))
            .ToDictionaryAsync(s => s.UserId, ct);
        foreach (var user in users)
        {
            if (!searched.TryGetValue(user.Id, out var found))
            {
                db.Add(found = SearchedUser.Of(user.Id));
            }

            found.Include(user.Text);
        }

        await db.Set<SearchChange>().Where(n => numbers.Contains(n.Number)).ExecuteDeleteAsync(ct);
    }
}
