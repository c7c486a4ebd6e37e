using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.ServiceAccounts;
using Roundtable.Domain.Common;
using Roundtable.Domain.ServiceAccounts;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class ServiceAccountRepository(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors)
    : IServiceAccountRepository
{
    private const string ListName = "service-accounts";

    public void Add(ServiceAccount account) => db.ServiceAccounts.Add(account);

    public void Remove(ServiceAccount account) => db.ServiceAccounts.Remove(account);

    public Task<ServiceAccount?> LoadAsync(string id, CancellationToken ct) =>
        db.ServiceAccounts.Include(a => a.Roles).FirstOrDefaultAsync(a => a.Id == id, ct);

    public Task<ServiceAccountDto?> ReadAsync(string id, CancellationToken ct) =>
        db.ServiceAccounts.Where(a => a.Id == id).ProjectTo<ServiceAccountDto>(maps).FirstOrDefaultAsync(ct);

    public async Task<Result<Page<ServiceAccountDto>>> ListAsync(PageRequest page, CancellationToken ct)
    {
        var after = db.ServiceAccounts.AsNoTracking();
        if (page.Cursor is not null)
        {
            if (cursors.Decode(ListName, page.Cursor) is not [var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = after.Where(a => string.Compare(a.Id, id) < 0);
        }

        var found = await after.OrderByDescending(a => a.Id).Take(page.Limit + 1).ProjectTo<ServiceAccountDto>(maps).ToListAsync(ct);
        var items = found.Take(page.Limit).ToList();
        return new Page<ServiceAccountDto>(
            items,
            found.Count > page.Limit ? cursors.Encode(ListName, [items[^1].Id]) : null,
            page.IncludeTotal ? await db.ServiceAccounts.CountAsync(ct) : null
        );
    }
}
