using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The users' list, page by page.</summary>
internal sealed class UserListQuery(RoundtableDbContext db, IUserPages pages, ICursorCodec cursors)
{
    public async Task<Result<Page<UserDto>>> RunAsync(UserFilter filter, UserOrder order, PageRequest page, DateTime now, CancellationToken ct)
    {
        var list = $"users:{order.Sort}:{order.Descending}";
        UserPosition? after = null;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var key, var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = new UserPosition(key, order.Sort is UserSort.CreatedAt or UserSort.LastSeenAt ? new DateTime(long.Parse(key, CultureInfo.InvariantCulture), DateTimeKind.Utc) : null, id);
        }

        var items = await pages.ReadAsync(new UserPageQuery(filter, order, after, page.Limit + 1, now), ct);
        var total = page.IncludeTotal ? await CountAsync(filter, now, ct) : (int?)null;
        if (items.Count <= page.Limit)
        {
            return new Page<UserDto>(items, null, total);
        }

        items.RemoveAt(page.Limit);
        return new Page<UserDto>(items, cursors.Encode(list, [Key(items[^1], order.Sort), items[^1].Id]), total);
    }

    private Task<int> CountAsync(UserFilter filter, DateTime now, CancellationToken ct) => QueriedUserPages.Filter(db, db.Users.AsNoTracking(), filter, now).CountAsync(ct);

    private static string Key(UserDto last, UserSort sort) => sort switch
    {
        UserSort.Email => EmailAddress.Normalize(last.Email),
        UserSort.Name => User.NormalizeName(last.Name),
        UserSort.LastSeenAt => Ticks(last.LastSeenAt ?? User.NeverSeen),
        _ => Ticks(last.CreatedAt),
    };

    private static string Ticks(DateTime time) => time.Ticks.ToString(CultureInfo.InvariantCulture);
}
