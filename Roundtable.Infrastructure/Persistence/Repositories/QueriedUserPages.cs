using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>
/// Pages of the users' list through EF Core: filters, order, and the position after which a page begins, each backed by an index. SQLite has statements of
/// its own for them; a test holds both to the same answers.
/// </summary>
internal sealed class QueriedUserPages(RoundtableDbContext db, UserProjection projection) : IUserPages
{
    public Task<List<UserDto>> ReadAsync(UserPageQuery page, CancellationToken ct) => ReadAsync(page, null, null, ct);

    /// <inheritdoc cref="ReadAsync(UserPageQuery, CancellationToken)"/>
    /// <param name="candidates">The only users that can match; null when it may be any.</param>
    /// <param name="window">How many users to look at, in the list's order, matching or not; null for all.</param>
    public Task<List<UserDto>> ReadAsync(UserPageQuery page, IReadOnlyList<string>? candidates, int? window, CancellationToken ct)
    {
        var users = db.Users.AsNoTracking();
        if (page.After is { } after)
        {
            users = After(users, page.Order, after);
        }

        if (window is { } count)
        {
            users = Order(users, page.Order).Take(count);
        }

        users = Filter(db, users, page.Filter, page.NowUtc);
        if (candidates is not null)
        {
            users = users.Where(u => candidates.Contains(u.Id));
        }

        return projection.Of(Order(users, page.Order).Take(page.Take), page.NowUtc).ToListAsync(ct);
    }

    public static IQueryable<User> Filter(RoundtableDbContext db, IQueryable<User> users, UserFilter filter, DateTime now)
    {
        if (filter.Search is { } text)
        {
            var part = UnicodeText.Fold(text);
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
    private static IQueryable<User> After(IQueryable<User> users, UserOrder order, UserPosition position)
    {
        var (key, id, time) = (position.Text, position.Id, position.TimeUtc.GetValueOrDefault());
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
}
