using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
#if (sortsBeforeCommon)
using Roundtable.Application.Widgets;
using Roundtable.Application.Common;
using Roundtable.Domain.Widgets;
using Roundtable.Domain.Common;
#else
using Roundtable.Application.Common;
using Roundtable.Application.Widgets;
using Roundtable.Domain.Common;
using Roundtable.Domain.Widgets;
#endif

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class WidgetRepository(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors) : IWidgetRepository
{
    public void Add(Widget added) => db.Set<Widget>().Add(added);

    public void Remove(Widget removed) => db.Set<Widget>().Remove(removed);

    public Task<Widget?> LoadAsync(string id, string? ownerId, CancellationToken ct) =>
        Of(ownerId).FirstOrDefaultAsync(e => e.Id == id, ct);

    public Task<WidgetDto?> ReadAsync(string id, string? ownerId, CancellationToken ct) =>
        Of(ownerId).Where(e => e.Id == id).ProjectTo<WidgetDto>(maps).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<WidgetDto>> ReadAllAsync(string ownerId, CancellationToken ct) =>
        await Of(ownerId).OrderBy(e => e.Id).ProjectTo<WidgetDto>(maps).ToListAsync(ct);

    public async Task<Result<Page<WidgetDto>>> ListAsync(string? ownerId, WidgetOrder order, PageRequest page, CancellationToken ct)
    {
        var list = $"wid-gets:{ownerId}:{order.Sort}:{order.Descending}";
        var (matching, after) = (Of(ownerId), Of(ownerId));
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var key, var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = After(matching, order, key, id);
        }

        var items = await Order(after, order).Take(page.Limit + 1).ProjectTo<WidgetDto>(maps).ToListAsync(ct);
        var total = page.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        if (items.Count <= page.Limit)
        {
            return new Page<WidgetDto>(items, null, total);
        }

        items.RemoveAt(page.Limit);
        return new Page<WidgetDto>(items, cursors.Encode(list, [items[^1].Name.ToUpperInvariant(), items[^1].Id]), total);
    }

    private IQueryable<Widget> Of(string? ownerId) =>
        ownerId is null ? db.Set<Widget>() : db.Set<Widget>().Where(e => e.OwnerId == ownerId);

    // Ids sort by creation time.
    private static IQueryable<Widget> Order(IQueryable<Widget> all, WidgetOrder order) =>
        (order.Sort, order.Descending) switch
        {
            (WidgetSort.Name, false) => all.OrderBy(e => e.NormalizedName).ThenBy(e => e.Id),
            (WidgetSort.Name, true) => all.OrderByDescending(e => e.NormalizedName).ThenByDescending(e => e.Id),
            (_, false) => all.OrderBy(e => e.Id),
            (_, true) => all.OrderByDescending(e => e.Id),
        };

    // "At or beyond the key, and (beyond it or tied and beyond the id)": the first condition alone bounds the index.
    private static IQueryable<Widget> After(IQueryable<Widget> all, WidgetOrder order, string key, string id) =>
        (order.Sort, order.Descending) switch
        {
            (WidgetSort.Name, false) => all.Where(e =>
                string.Compare(e.NormalizedName, key) >= 0 && (string.Compare(e.NormalizedName, key) > 0 || string.Compare(e.Id, id) > 0)
            ),
            (WidgetSort.Name, true) => all.Where(e =>
                string.Compare(e.NormalizedName, key) <= 0 && (string.Compare(e.NormalizedName, key) < 0 || string.Compare(e.Id, id) < 0)
            ),
            (_, false) => all.Where(e => string.Compare(e.Id, id) > 0),
            (_, true) => all.Where(e => string.Compare(e.Id, id) < 0),
        };
}
