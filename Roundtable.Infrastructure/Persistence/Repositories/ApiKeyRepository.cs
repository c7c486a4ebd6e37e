using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Common;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class ApiKeyRepository(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors) : IApiKeyRepository
{
    public void Add(ApiKey key) => db.ApiKeys.Add(key);

    public Task<ApiKey?> LoadAsync(ApiKeyOwner owner, string id, CancellationToken ct) =>
        Loaded(OwnedBy(owner)).FirstOrDefaultAsync(k => k.Id == id, ct);

    public Task<ApiKey?> LoadAsync(string id, CancellationToken ct) => Loaded(db.ApiKeys).FirstOrDefaultAsync(k => k.Id == id, ct);

    public Task<string?> FindSecretIdAsync(string id, CancellationToken ct) =>
        db.Set<ApiKeySecret>().Where(s => s.ApiKeyId == id && s.ExpiresAtUtc == null).Select(s => s.SetId).FirstOrDefaultAsync(ct);

    public Task<string?> FindBySecretAsync(string hash, CancellationToken ct) =>
        db.Set<ApiKeySecret>().Where(s => s.Hash == hash).Select(s => s.ApiKeyId).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<ApiKey>> LoadLiveAsync(string userId, string? afterId, DateTime nowUtc, CancellationToken ct) =>
        await Loaded(Live(nowUtc).Where(k => k.UserId == userId))
            .Where(k => afterId == null || k.Secrets.Any(s => string.Compare(s.SetId, afterId) > 0))
            .OrderBy(k => k.Id)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<ApiKey>> LoadCreatedByAsync(string userId, string afterId, DateTime nowUtc, CancellationToken ct) =>
        await Loaded(Live(nowUtc).Where(k => k.CreatedById == userId && k.ServiceAccountId != null))
            .Where(k => k.Secrets.Any(s => string.Compare(s.SetId, afterId) > 0))
            .OrderBy(k => k.Id)
            .ToListAsync(ct);

    public async Task<IReadOnlyList<ApiKey>> LoadExpiringAsync(ApiKeyExpiryStage stage, DateTime untilUtc, int max, CancellationToken ct)
    {
        var earlier = Enum.GetValues<ApiKeyExpiryStage>().Where(s => s < stage).ToArray();
        return await Loaded(db.ApiKeys)
            .Where(k => k.ExpiresAtUtc <= untilUtc && k.RevokedAtUtc == null && earlier.Contains(k.ExpiryStage))
            .OrderBy(k => k.ExpiresAtUtc)
            .Take(max)
            .ToListAsync(ct);
    }

    public Task<ApiKeyDto?> ReadAsync(string id, CancellationToken ct) =>
        db.ApiKeys.Where(k => k.Id == id).ProjectTo<ApiKeyDto>(maps).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<ApiKeyDto>> ListAsync(ApiKeyOwner owner, CancellationToken ct) =>
        await OwnedBy(owner).OrderByDescending(k => k.Id).ProjectTo<ApiKeyDto>(maps).ToListAsync(ct);

    public async Task<Result<Page<ApiKeyDto>>> ListAllAsync(ApiKeyFilter filter, PageRequest page, DateTime nowUtc, CancellationToken ct)
    {
        var list = $"api-keys:{filter}";
        var matching = db
            .ApiKeys.AsNoTracking()
            .Where(k => filter.UserId == null || k.UserId == filter.UserId)
            .Where(k => filter.ServiceAccountId == null || k.ServiceAccountId == filter.ServiceAccountId);
        matching = filter.Live switch
        {
            true => matching.Where(k => k.RevokedAtUtc == null && k.ExpiresAtUtc > nowUtc),
            false => matching.Where(k => k.RevokedAtUtc != null || k.ExpiresAtUtc <= nowUtc),
            _ => matching,
        };
        var after = matching;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = matching.Where(k => string.Compare(k.Id, id) < 0);
        }

        var found = await after.OrderByDescending(k => k.Id).Take(page.Limit + 1).ProjectTo<ApiKeyDto>(maps).ToListAsync(ct);
        var items = found.Take(page.Limit).ToList();
        return new Page<ApiKeyDto>(
            items,
            found.Count > page.Limit ? cursors.Encode(list, [items[^1].Id]) : null,
            page.IncludeTotal ? await matching.CountAsync(ct) : null
        );
    }

    public Task<int> CountLiveAsync(ApiKeyOwner owner, DateTime nowUtc, CancellationToken ct) =>
        OwnedBy(owner).CountAsync(k => k.RevokedAtUtc == null && k.ExpiresAtUtc > nowUtc, ct);

    public Task<int> UseAsync(string id, string? ipAddress, DateTime nowUtc, DateTime unlessSinceUtc, CancellationToken ct) =>
        db
            .ApiKeys.Where(k => k.Id == id && (k.LastUsedAtUtc == null || k.LastUsedAtUtc <= unlessSinceUtc))
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAtUtc, nowUtc).SetProperty(k => k.LastUsedIp, ipAddress), ct);

    private IQueryable<ApiKey> OwnedBy(ApiKeyOwner owner) =>
        owner.UserId is { } userId
            ? db.ApiKeys.Where(k => k.UserId == userId)
            : db.ApiKeys.Where(k => k.ServiceAccountId == owner.ServiceAccountId);

    private IQueryable<ApiKey> Live(DateTime nowUtc) => db.ApiKeys.Where(k => k.RevokedAtUtc == null && k.ExpiresAtUtc > nowUtc);

    private static IQueryable<ApiKey> Loaded(IQueryable<ApiKey> keys) =>
        keys.Include(k => k.Secrets)
            .Include(k => k.User!)
                .ThenInclude(u => u.Profile)
            .Include(k => k.User!)
                .ThenInclude(u => u.Roles)
            .Include(k => k.ServiceAccount!)
                .ThenInclude(a => a.Roles)
            .AsSplitQuery();
}
