using System.Runtime.CompilerServices;
using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Common;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class AuditRepository(RoundtableDbContext db, IConfigurationProvider maps, ICursorCodec cursors)
    : IAuditRepository,
        IDisposable
{
    private const int BatchSize = 1000;

    public void Add(AuditEntry entry) => db.NewAuditEntries.Add(entry);

    /// <summary>Discards unsaved entries with the scope, like entities: the context comes from a pool.</summary>
    public void Dispose() => db.NewAuditEntries.Clear();

    public Task<Result<Page<AuditEntryDto>>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken ct) =>
        PageAsync("audit", Filter(db.AuditEntries.AsNoTracking(), filter), page, ct);

    public Task<bool> AnyAsync(AuditFilter filter, CancellationToken ct) => Filter(db.AuditEntries, filter).AnyAsync(ct);

    public async Task<Result<Page<AuditEntryDto>>> ListActivityAsync(string userId, PageRequest page, CancellationToken ct)
    {
        var found = await PageAsync($"activity:{userId}", db.AuditEntries.AsNoTracking().Where(e => e.SubjectId == userId), page, ct);

        // An export reads all pages.
        db.Time.Restart();
        return found.Failed ? found : found.Value with { Items = [.. found.Value.Items.Select(e => AsSeenBy(userId, e))] };
    }

    public async IAsyncEnumerable<AuditEntryDto> ReadAllAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var matching = Filter(db.AuditEntries.AsNoTracking(), filter).OrderBy(e => e.Id);
        for (var last = ""; ; )
        {
            var after = last;
            var batch = await matching
                .Where(e => string.Compare(e.Id, after) > 0)
                .Take(BatchSize)
                .ProjectTo<AuditEntryDto>(maps)
                .ToListAsync(ct);
            foreach (var entry in batch)
            {
                yield return entry;
            }

            if (batch.Count < BatchSize)
            {
                yield break;
            }

            last = batch[^1].Id;
            db.Time.Restart();
        }
    }

    public Task<AuditVerificationDto> VerifyAsync(CancellationToken ct) => AuditVerification.RunAsync(db, ct);

    private async Task<Result<Page<AuditEntryDto>>> PageAsync(
        string list,
        IQueryable<AuditEntry> matching,
        PageRequest page,
        CancellationToken ct
    )
    {
        var after = matching;
        if (page.Cursor is not null)
        {
            if (cursors.Decode(list, page.Cursor) is not [var id] || !EntityId.IsValid(id))
            {
                return Errors.InvalidCursor;
            }

            after = matching.Where(e => string.Compare(e.Id, id) < 0);
        }

        var entries = await after.OrderByDescending(e => e.Id).Take(page.Limit + 1).ProjectTo<AuditEntryDto>(maps).ToListAsync(ct);
        var total = page.IncludeTotal ? await matching.CountAsync(ct) : (int?)null;
        var items = entries.Take(page.Limit).ToList();
        return new Page<AuditEntryDto>(items, entries.Count > page.Limit ? cursors.Encode(list, [items[^1].Id]) : null, total);
    }

    private static AuditEntryDto AsSeenBy(string userId, AuditEntryDto entry) =>
        entry.Actor is null || entry.Actor.Id == userId ? entry : entry with { IpAddress = null, UserAgent = null };

    private static IQueryable<AuditEntry> Filter(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (filter.ActorId is { } actor)
        {
            entries = entries.Where(e => e.ActorId == actor || e.OnBehalfOfId == actor);
        }

        if (filter.TargetId is { } target)
        {
            entries = entries.Where(e => e.TargetId == target);
        }

        if (filter.Action is { } action)
        {
            entries = entries.Where(e => e.Action == action);
        }

        // Ids sort by time: they bound the range to read, in the list's own order; the time itself decides at the edges.
        if (filter.FromUtc is { } from)
        {
            var first = EntityId.Lowest(from);
            entries = entries.Where(e => string.Compare(e.Id, first) >= 0 && e.CreatedAtUtc >= from);
        }

        if (filter.ToUtc is { } to)
        {
            var last = EntityId.Beyond(to);
            entries = entries.Where(e => string.Compare(e.Id, last) < 0 && e.CreatedAtUtc < to);
        }

        return entries;
    }
}
