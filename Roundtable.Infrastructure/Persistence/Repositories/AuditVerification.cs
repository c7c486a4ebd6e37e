using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Audit;
using Roundtable.Domain.Audit;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>Follows the chains of the audit log, a bounded number of entries in memory at a time.</summary>
internal static class AuditVerification
{
    private const int PieceSize = 1000;

    public static async Task<AuditVerificationDto> RunAsync(RoundtableDbContext db, CancellationToken ct)
    {
        long count = 0;
        foreach (var chain in await db.AuditChains.AsNoTracking().OrderBy(c => c.Day).ToListAsync(ct))
        {
            var (entries, found) = await FollowAsync(db, chain, ct);
            count += entries;
            if (found is not null)
            {
                return new AuditVerificationDto(false, count, found);
            }
        }

        return new AuditVerificationDto(true, count, null);
    }

    private static async Task<(long Count, AuditBreakDto? Break)> FollowAsync(RoundtableDbContext db, AuditChain chain, CancellationToken ct)
    {
        var (sequence, hash) = (0, AuditChain.Genesis);
        for (var more = true; more;)
        {
            var after = sequence;
            var piece = await db.AuditEntries.AsNoTracking().Where(e => e.Day == chain.Day && e.Sequence > after).OrderBy(e => e.Sequence).Take(PieceSize).ToListAsync(ct);
            foreach (var entry in piece)
            {
                if (ReasonAgainst(entry, sequence + 1, hash) is { } reason)
                {
                    return (sequence, new AuditBreakDto(entry.Id, chain.Day, entry.Sequence, reason));
                }

                (sequence, hash) = (entry.Sequence, entry.Hash);
            }

            more = piece.Count == PieceSize;
        }

        // Written meanwhile is fine: the chain was read first, so the log can only be ahead of it.
        return sequence >= chain.LastSequence
            ? (sequence, null)
            : (sequence, new AuditBreakDto(null, chain.Day, sequence + 1, "The entries at the end of the day are missing."));
    }

    private static string? ReasonAgainst(AuditEntry entry, int sequence, string previousHash)
    {
        if (!entry.IsIntact())
        {
            return "The entry was changed.";
        }

        return entry.Sequence != sequence || entry.PreviousHash != previousHash ? "The entry does not follow the one before it." : null;
    }
}
