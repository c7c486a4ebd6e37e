using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The users' list: filters, order, and the position after which a page begins, each backed by an index.</summary>
internal sealed class UserListQuery(RoundtableDbContext db, UserProjection projection, ICursorCodec cursors, IUserSearch search)
{
    public async Task<Result<Page<UserDto>>> RunAsync(UserFilter filter, UserOrder order, PageRequest page, DateTime now, CancellationToken ct)
    {
        var list = $"users:{order.Sort}:{order.Descending}";
        var matching = Filter(db, db.Users.AsNoTracking(), filter, now);
        if (filter.Search is { } text && await search.FindAsync(text.ToUpperInvariant(), ct) is { } candidates)
        {
            // As one parameter, whatever their number.
            matching = matching.Where(u => EF.Parameter(candidates).Contains(u.Id));
        }

        var after = matching;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var key, var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = After(matching, order, key, id);
        }

        var items = await projection.Of(Order(after, order).Take(page.Limit + 1), now).ToListAsync(ct);
        var total = page.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        if (items.Count <= page.Limit)
        {
            return new Page<UserDto>(items, null, total);
        }

        items.RemoveAt(page.Limit);
        return new Page<UserDto>(items, cursors.Encode(list, [Key(items[^1], order.Sort), items[^1].Id]), total);
    }

    public static IQueryable<User> Filter(RoundtableDbContext db, IQueryable<User> users, UserFilter filter, DateTime now)
    {
        if (filter.Search is { } text)
        {
            var part = text.ToUpperInvariant();
            users = users.Where(u => u.NormalizedEmail.Contains(part) || u.NormalizedName.Contains(part));
        }

        if (filter.Role is { } role)
        {
            users = users.Where(u => db.UserRoles.Any(r => r.RoleName == role && r.UserId == u.Id));
        }

        if (filter.Banned is { } banned)
        {
            users = banned ? users.Where(u => u.BannedUntilUtc > now) : users.Where(u => u.BannedUntilUtc == null || u.BannedUntilUtc <= now);
        }

        if (filter.EmailVerified is { } verified)
        {
            // Not "== verified": SQLite takes an equality for so selective that sorting beats reading in an index's order.
            users = verified ? users.Where(u => u.EmailVerified) : users.Where(u => !u.EmailVerified);
        }

        if (filter.CreatedFromUtc is { } createdFrom)
        {
            users = users.Where(u => u.CreatedAtUtc >= createdFrom);
        }

        if (filter.CreatedToUtc is { } createdTo)
        {
            users = users.Where(u => u.CreatedAtUtc < createdTo);
        }

        return filter.LastSeenFromUtc is { } seenFrom ? users.Where(u => u.LastSeenOrEpochUtc >= seenFrom) : users;
    }

    private static IQueryable<User> Order(IQueryable<User> users, UserOrder order) => (order.Sort, order.Descending) switch
    {
        (UserSort.Email, false) => users.OrderBy(u => u.NormalizedEmail),
        (UserSort.Email, true) => users.OrderByDescending(u => u.NormalizedEmail),
        (UserSort.Name, false) => users.OrderBy(u => u.NormalizedName).ThenBy(u => u.Id),
        (UserSort.Name, true) => users.OrderByDescending(u => u.NormalizedName).ThenByDescending(u => u.Id),
        (UserSort.LastSeenAt, false) => users.OrderBy(u => u.LastSeenOrEpochUtc).ThenBy(u => u.Id),
        (UserSort.LastSeenAt, true) => users.OrderByDescending(u => u.LastSeenOrEpochUtc).ThenByDescending(u => u.Id),
        (_, false) => users.OrderBy(u => u.CreatedAtUtc).ThenBy(u => u.Id),
        (_, true) => users.OrderByDescending(u => u.CreatedAtUtc).ThenByDescending(u => u.Id),
    };

    // "Key at least, and beyond it or its tie" rather than "beyond, or tied and …": the first half alone bounds the index.
    private static IQueryable<User> After(IQueryable<User> users, UserOrder order, string key, string id)
    {
        var time = order.Sort is UserSort.CreatedAt or UserSort.LastSeenAt ? new DateTime(long.Parse(key, CultureInfo.InvariantCulture), DateTimeKind.Utc) : default;
        return (order.Sort, order.Descending) switch
        {
            (UserSort.Email, false) => users.Where(u => string.Compare(u.NormalizedEmail, key) > 0),
            (UserSort.Email, true) => users.Where(u => string.Compare(u.NormalizedEmail, key) < 0),
            (UserSort.Name, false) => users.Where(u => string.Compare(u.NormalizedName, key) >= 0
                && (string.Compare(u.NormalizedName, key) > 0 || string.Compare(u.Id, id) > 0)),
            (UserSort.Name, true) => users.Where(u => string.Compare(u.NormalizedName, key) <= 0
                && (string.Compare(u.NormalizedName, key) < 0 || string.Compare(u.Id, id) < 0)),
            (UserSort.LastSeenAt, false) => users.Where(u => u.LastSeenOrEpochUtc >= time && (u.LastSeenOrEpochUtc > time || string.Compare(u.Id, id) > 0)),
            (UserSort.LastSeenAt, true) => users.Where(u => u.LastSeenOrEpochUtc <= time && (u.LastSeenOrEpochUtc < time || string.Compare(u.Id, id) < 0)),
            (_, false) => users.Where(u => u.CreatedAtUtc >= time && (u.CreatedAtUtc > time || string.Compare(u.Id, id) > 0)),
            (_, true) => users.Where(u => u.CreatedAtUtc <= time && (u.CreatedAtUtc < time || string.Compare(u.Id, id) < 0)),
        };
    }

    private static string Key(UserDto last, UserSort sort) => sort switch
    {
        UserSort.Email => EmailAddress.Normalize(last.Email),
        UserSort.Name => last.Name.ToUpperInvariant(),
        UserSort.LastSeenAt => Ticks(last.LastSeenAt ?? User.NeverSeen),
        _ => Ticks(last.CreatedAt),
    };

    private static string Ticks(DateTime time) => time.Ticks.ToString(CultureInfo.InvariantCulture);
}
