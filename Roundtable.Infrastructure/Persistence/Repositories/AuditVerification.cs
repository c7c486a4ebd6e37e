using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>Verifies the chains of the audit log, with a bounded number of entries in memory at a time.</summary>
internal static class AuditVerification
{
    private const int BatchSize = 1000;

    public static async Task<AuditVerificationDto> RunAsync(RoundtableDbContext db, CancellationToken ct)
    {
        long count = 0;
        var stray = await db
            .AuditEntries.AsNoTracking()
            .Where(e => !db.AuditChains.Any(c => c.Day == e.Day))
            .OrderBy(e => e.Day)
            .ThenBy(e => e.Sequence)
            .FirstOrDefaultAsync(ct);
        // Days that retention removed keep their chain as a marker; any number of their entries may be left.
        var removed = await db.AuditChains.CountAsync(c => c.RemovedAtUtc != null, ct);
        var chains = await db.AuditChains.AsNoTracking().Where(c => c.RemovedAtUtc == null).OrderBy(c => c.Day).ToListAsync(ct);
        foreach (var chain in chains.TakeWhile(c => stray is null || c.Day < stray.Day))
        {
            var (entries, found) = await FollowAsync(db, chain, ct);
            count += entries;
            if (found is not null)
            {
                return new AuditVerificationDto(false, count, removed, found);
            }
        }

        return stray is null
            ? new AuditVerificationDto(true, count, removed, null)
            : new AuditVerificationDto(
                false,
                count,
                removed,
                new AuditBreakDto(stray.Id, stray.Day, stray.Sequence, "The day's chain is missing.")
            );
    }

    private static async Task<(long Count, AuditBreakDto? Break)> FollowAsync(
        RoundtableDbContext db,
        AuditChain chain,
        CancellationToken ct
    )
    {
        var (sequence, hash) = (0, AuditChain.Genesis);
        for (var more = true; more; )
        {
            var after = sequence;
            var batch = await db
                .AuditEntries.AsNoTracking()
                .Where(e => e.Day == chain.Day && e.Sequence > after)
                .OrderBy(e => e.Sequence)
                .Take(BatchSize)
                .ToListAsync(ct);
            foreach (var entry in batch)
            {
                if (ReasonAgainst(entry, chain, sequence + 1, hash) is { } reason)
                {
                    return (sequence, new AuditBreakDto(entry.Id, chain.Day, entry.Sequence, reason));
                }

                (sequence, hash) = (entry.Sequence, entry.Hash);
                if (sequence == chain.LastSequence && hash != chain.LastHash)
                {
                    return (sequence, new AuditBreakDto(entry.Id, chain.Day, sequence, "The entry is not the one that ended the chain."));
                }
            }

            more = batch.Count == BatchSize;
            db.Time.Restart();
        }

        // Entries written meanwhile are fine: the chain was read first, so the log can only be ahead of it.
        return sequence >= chain.LastSequence
            ? (sequence, null)
            : (sequence, new AuditBreakDto(null, chain.Day, sequence + 1, "The entries at the end of the day are missing."));
    }

    private static string? ReasonAgainst(AuditEntry entry, AuditChain chain, int sequence, string previousHash)
    {
        if (!entry.IsIntact())
        {
            return "The entry was changed.";
        }

        if (entry.Sequence == chain.LastSequence && entry.Hash != chain.LastHash)
        {
            return "The entry is not the one that the chain ends with.";
        }

        return entry.Sequence != sequence || entry.PreviousHash != previousHash ? "The entry does not follow the one before it." : null;
    }
}
