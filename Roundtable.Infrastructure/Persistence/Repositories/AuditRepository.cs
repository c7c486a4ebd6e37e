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

    public async Task<Result<Page<AuditEntryDto>>> ListAsync(AuditFilter filter, PageRequest page, bool withNames, CancellationToken ct)
    {
        var found = await PageAsync("audit", Matching(filter), page, ct);
        return found.Failed || !withNames ? found : found.Value with { Items = await WithNamesAsync(found.Value.Items, ct) };
    }

    public Task<bool> AnyAsync(AuditFilter filter, CancellationToken ct) =>
        Matching(filter).Select(p => p.Select(e => e.Id)).Aggregate((all, part) => all.Concat(part)).AnyAsync(ct);

    public async Task<Result<Page<AuditEntryDto>>> ListActivityAsync(string userId, PageRequest page, CancellationToken ct)
    {
        var found = await PageAsync($"activity:{userId}", [db.AuditEntries.Where(e => e.SubjectId == userId)], page, ct);

        // An export reads all pages.
        db.Time.Restart();
        return found.Failed ? found : found.Value with { Items = [.. found.Value.Items.Select(e => AsSeenBy(userId, e))] };
    }

    public async IAsyncEnumerable<AuditEntryDto> ReadAllAsync(
        AuditFilter filter,
        bool withNames,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var matching = Matching(filter);
        for (var last = ""; ; )
        {
            var after = last;
            var rest = matching.Select(m => m.Where(e => string.Compare(e.Id, after) > 0));
            var (batch, isFull) = await FirstAsync([.. rest], BatchSize, newestFirst: false, ct);
            foreach (var entry in withNames ? await WithNamesAsync(batch, ct) : batch)
            {
                yield return entry;
            }

            if (!isFull || batch.Count == 0)
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
        IReadOnlyList<IQueryable<AuditEntry>> matching,
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

            after = [.. matching.Select(m => m.Where(e => string.Compare(e.Id, id) < 0))];
        }

        var (entries, isFull) = await FirstAsync(after, page.Limit + 1, newestFirst: true, ct);
        var total = page.IncludeTotal ? await CountAsync(matching, ct) : (int?)null;
        var items = entries.Take(page.Limit).ToList();
        return new Page<AuditEntryDto>(items, isFull && items.Count > 0 ? cursors.Encode(list, [items[^1].Id]) : null, total);
    }

    /// <summary>Adds the current names and addresses of the users, who are looked up together.</summary>
    private async Task<IReadOnlyList<AuditEntryDto>> WithNamesAsync(IReadOnlyList<AuditEntryDto> entries, CancellationToken ct)
    {
        var ids = entries.SelectMany(e => new[] { e.Actor?.Id, e.Subject?.Id }).OfType<string>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return entries;
        }

        var users = await db
            .Users.Where(u => ids.Contains(u.Id))
            .Select(u => new SubjectDto(u.Id, u.Name, u.Email))
            .ToDictionaryAsync(u => u.Id, ct);
        return
        [
            .. entries.Select(e =>
                e with
                {
                    Actor = e.Actor is { } actor ? actor with { CurrentName = users.GetValueOrDefault(actor.Id)?.Name } : null,
                    Subject = e.Subject is { } subject ? users.GetValueOrDefault(subject.Id, subject) : null,
                }
            ),
        ];
    }

    private static AuditEntryDto AsSeenBy(string userId, AuditEntryDto entry) =>
        entry.Actor is null || entry.Actor.Id == userId ? entry : entry with { IpAddress = null, UserAgent = null };

    /// <summary>
    /// Reads no part further than the requested number of entries, however many entries the parts have in common. Returns also whether
    /// that many were found: retention may remove some of them before they are read.
    /// </summary>
    private async Task<(List<AuditEntryDto> Entries, bool IsFull)> FirstAsync(
        IReadOnlyList<IQueryable<AuditEntry>> parts,
        int count,
        bool newestFirst,
        CancellationToken ct
    )
    {
        if (parts is [var only])
        {
            var entries = await Cut(only).ProjectTo<AuditEntryDto>(maps).ToListAsync(ct);
            return (entries, entries.Count == count);
        }

        // The ids first: in one statement, a database might scan the whole log for entries that are in one of the parts.
        var found = await parts.Select(p => Cut(p).Select(e => e.Id)).Aggregate((all, part) => all.Concat(part)).ToListAsync(ct);
        var sorted = found.Distinct().Order(StringComparer.Ordinal).ToList();
        var ids = newestFirst ? sorted.TakeLast(count).ToList() : sorted.Take(count).ToList();
        var wanted = Cut(db.AuditEntries.Where(e => ids.Contains(e.Id)));
        return (await wanted.ProjectTo<AuditEntryDto>(maps).ToListAsync(ct), ids.Count == count);

        IQueryable<AuditEntry> Cut(IQueryable<AuditEntry> entries) =>
            (newestFirst ? entries.OrderByDescending(e => e.Id) : entries.OrderBy(e => e.Id)).Take(count);
    }

    private static Task<int> CountAsync(IReadOnlyList<IQueryable<AuditEntry>> parts, CancellationToken ct) =>
        parts.Select(p => p.Select(e => e.Id)).Aggregate((all, part) => all.Union(part)).CountAsync(ct);

    /// <summary>The matching entries, in parts that may overlap: a user has several roles in entries, and each has its own index.</summary>
    private IReadOnlyList<IQueryable<AuditEntry>> Matching(AuditFilter filter)
    {
        IQueryable<AuditEntry> entries = db.AuditEntries;
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

        List<IQueryable<AuditEntry>> parts = [entries];
        if (filter.ActorId is { } actor)
        {
            parts = [.. parts.SelectMany(p => By(p, actor))];
        }

        if (filter.SubjectId is { } subject)
        {
            parts = [.. parts.SelectMany(p => Concerning(p, subject))];
        }

        return filter.UserId is { } user ? [.. parts.SelectMany(p => By(p, user).Concat(Concerning(p, user)))] : parts;
    }

    private static IEnumerable<IQueryable<AuditEntry>> By(IQueryable<AuditEntry> entries, string id) =>
        [entries.Where(e => e.ActorId == id), entries.Where(e => e.OnBehalfOfId == id)];

    private static IEnumerable<IQueryable<AuditEntry>> Concerning(IQueryable<AuditEntry> entries, string id) =>
        [entries.Where(e => e.SubjectId == id), entries.Where(e => e.TargetId == id)];
}
