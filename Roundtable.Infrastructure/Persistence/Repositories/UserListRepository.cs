using System.Globalization;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Search;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class UserListRepository(
    StatementRunner runner,
    SqlDialect sql,
    UserRead users,
    IUserSearch search,
    ICursorCodec cursors,
    TimeProvider clock
) : IUserListRepository
{
    // A common word fills a page from the first few hundred users, sooner than the index returns all matches.
    private const int Window = 400;

    public async Task<Result<Page<UserDto>>> ListAsync(UserFilter filter, UserOrder order, PageRequest page, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var list = $"users:{order.Sort}:{order.Descending}";
        UserPosition? after = null;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var key, var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = new UserPosition(
                key,
                order.Sort is UserSort.CreatedAt or UserSort.LastSeenAt
                    ? new DateTime(long.Parse(key, CultureInfo.InvariantCulture), DateTimeKind.Utc)
                    : null,
                id
            );
        }

        // The total needs all candidates; a page alone often does not.
        var candidates = page.IncludeTotal ? await FindAsync(filter, ct) : null;
        var items = await ReadAsync(new UserPageQuery(filter, order, after, page.Limit + 1, now), candidates, ct);
        var total = page.IncludeTotal ? await CountAsync(filter, candidates, now, ct) : (int?)null;
        if (items.Count <= page.Limit)
        {
            return new Page<UserDto>(items, null, total);
        }

        items.RemoveAt(page.Limit);
        return new Page<UserDto>(items, cursors.Encode(list, [Key(items[^1], order.Sort), items[^1].Id]), total);
    }

    /// <summary>
    /// Reads a page: directly without a search; otherwise from the first users in its order, or else from the index's candidates.
    /// </summary>
    /// <param name="candidates">The only users that can match, if already known.</param>
    internal async Task<List<UserDto>> ReadAsync(UserPageQuery page, IReadOnlyList<string>? candidates, CancellationToken ct)
    {
        if (page.Filter.Search is null || candidates is not null)
        {
            return await ReadAsync(page, candidates, null, ct);
        }

        var soon = await ReadAsync(page, null, Window, ct);
        return soon.Count == page.Take ? soon : await ReadAsync(page, await FindAsync(page.Filter, ct), null, ct);
    }

    private async Task<IReadOnlyList<string>?> FindAsync(UserFilter filter, CancellationToken ct) =>
        filter.Search is { } text ? await search.FindAsync(UnicodeText.Fold(text), ct) : null;

    private async Task<int> CountAsync(UserFilter filter, IReadOnlyList<string>? candidates, DateTime nowUtc, CancellationToken ct) =>
        (await runner.ReadAsync(UserConditions.Count(sql, filter, candidates, nowUtc), row => row.Number("Users"), ct))[0];

    private Task<List<UserDto>> ReadAsync(UserPageQuery page, IReadOnlyList<string>? candidates, int? window, CancellationToken ct) =>
        runner.ReadAsync(UserListRead.Of(sql, page, candidates, window), row => users.Map(row, page.NowUtc), ct);

    private static string Key(UserDto last, UserSort sort) =>
        sort switch
        {
            UserSort.Email => EmailAddress.Normalize(last.Email),
            UserSort.Name => User.NormalizeName(last.Name),
            UserSort.LastSeenAt => Ticks(last.LastSeenAt ?? User.NeverSeen),
            _ => Ticks(last.CreatedAt),
        };

    private static string Ticks(DateTime time) => time.Ticks.ToString(CultureInfo.InvariantCulture);
}
