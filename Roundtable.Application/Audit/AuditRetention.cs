using System.Globalization;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Domain.Audit;

namespace Roundtable.Application.Audit;

/// <summary>
/// Removes audit log days that are older than <c>Audit:Retention</c>. No other code removes audit entries, and none changes them. A
/// day is removed whole or not at all, and each removal is recorded in an entry.
/// </summary>
[ScopedService]
public sealed class AuditRetention(
    IAuditRetentionRepository days,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IOptions<AuditOptions> options,
    TimeProvider clock
)
{
    private const int DaysAtATime = 100;

    /// <summary>Returns the number of removed days.</summary>
    public async Task<int> RemoveExpiredDaysAsync(CancellationToken ct)
    {
        if (options.Value.Retention is not { } retention)
        {
            return 0;
        }

        // The cutoff day still contains newer entries.
        var firstKept = AuditChain.DayOf(clock.GetUtcNow().UtcDateTime - retention);
        var removedDays = 0;
        while (await days.FindDaysBeforeAsync(firstKept, DaysAtATime, ct) is { Count: > 0 } expired)
        {
            foreach (var day in expired)
            {
                removedDays += (await unitOfWork.ExecuteAsync<Result<bool>>(async ct => await RemoveDayAsync(day, ct), ct)).Value ? 1 : 0;
            }
        }

        // The days are marked first; entries go in short transactions, so a crash in between leaves nothing that looks like tampering.
        while (
            (
                await unitOfWork.ExecuteAsync<Result<int>>(
                    async ct => await days.RemoveEntriesOfMarkedDaysAsync(firstKept, unitOfWork.DeleteBatchSize, ct),
                    ct
                )
            ).Value == unitOfWork.DeleteBatchSize
        )
        {
            await Task.Delay(IUnitOfWork.DeleteBatchPause, ct);
        }

        return removedDays;
    }

    private async Task<bool> RemoveDayAsync(int day, CancellationToken ct)
    {
        if (await days.MarkDayRemovedAsync(day, clock.GetUtcNow().UtcDateTime, ct) is not { } end)
        {
            return false;
        }

        audit.Record(
            AuditActions.AuditLogDayRemoved,
            new AuditTarget("auditLog", day.ToString(CultureInfo.InvariantCulture)),
            new
            {
                day,
                entries = end.Entries,
                lastHash = end.LastHash,
                retention = options.Value.Retention,
            }
        );
        return true;
    }
}
