using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class OutboxAdministration(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors, TimeProvider clock)
    : IOutboxAdministration
{
    public async Task<Result<Page<OutboxMailDto>>> ListAsync(OutboxFilter filter, PageRequest page, CancellationToken ct)
    {
        var list = $"emails:{filter.Status}:{filter.UserId}";
        var matching = Matching(filter);
        var after = matching;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = matching.Where(m => string.Compare(m.Id, id) < 0);
        }

        var mails = await after.OrderByDescending(m => m.Id).Take(page.Limit + 1).ProjectTo<OutboxMailDto>(maps).ToListAsync(ct);
        var total = page.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        var items = mails.Take(page.Limit).ToList();
        return new Page<OutboxMailDto>(items, mails.Count > page.Limit ? cursors.Encode(list, [items[^1].Id]) : null, total);
    }

    public async Task<IReadOnlyList<MailRecordDto>> ListForUserAsync(string userId, CancellationToken ct) =>
        await db.OutboxMails.Where(m => m.UserId == userId).OrderByDescending(m => m.Id).ProjectTo<MailRecordDto>(maps).ToListAsync(ct);

    public Task<bool> ExistsAsync(string id, CancellationToken ct) => db.OutboxMails.AnyAsync(m => m.Id == id, ct);

    public Task<bool> RequeueAsync(string id, CancellationToken ct) => db.RequeueAsync<OutboxMail>(id, Now, ct);

    public async Task<IReadOnlyList<string>> ListIdsAsync(OutboxFilter filter, int max, CancellationToken ct) =>
        await Matching(filter).OrderBy(m => m.Id).Select(m => m.Id).Take(max).ToListAsync(ct);

    public Task<IReadOnlyDictionary<string, bool>> RequeueAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        db.RequeueAsync<OutboxMail>(ids, Now, ct);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IQueryable<OutboxMail> Matching(OutboxFilter filter)
    {
        var matching = db.OutboxMails.AsNoTracking();
        if (filter.UserId is { } userId)
        {
            matching = matching.Where(m => m.UserId == userId);
        }

        return filter.Status is { } status ? matching.Where(m => m.Status == status) : matching;
    }
}
