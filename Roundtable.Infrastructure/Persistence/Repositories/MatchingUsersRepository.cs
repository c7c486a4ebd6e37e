using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Administration;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Search;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class MatchingUsersRepository(
    RoundtableDbContext db,
    StatementRunner runner,
    SqlDialect sql,
    IUserSearch search,
    TimeProvider clock
) : IMatchingUsers
{
    public async Task<IReadOnlyList<Guid>> FindIdsAsync(UserFilter filter, CancellationToken ct)
    {
        // As the list counts: the number that an admin confirmed is the list's.
        var candidates = filter.Search is { } text ? await search.FindAsync(UnicodeText.Fold(text), ct) : null;
        var statement = UserConditions.Ids(sql, filter, candidates, clock.GetUtcNow().UtcDateTime);
        return await runner.ReadAsync(statement, row => Guid.ParseExact(row.Text("Id"), "N"), ct);
    }

    public async Task<IReadOnlyDictionary<string, string>> ReadAddressesAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new { u.Id, u.Email })
            .ToDictionaryAsync(u => u.Id, u => u.Email, StringComparer.Ordinal, ct);
}
