using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;

namespace Roundtable.Application.Operations;

/// <summary>Removes expired rows in short transactions, so that other writers are not noticeably delayed.</summary>
[ScopedService]
public sealed class CleanupService(
    ICleanupRepository rows,
    AuditRetention audit,
    IUnitOfWork unitOfWork,
    IOptions<CleanupOptions> options,
    TimeProvider clock
)
{
    /// <summary>Runs the whole cleanup once. Can run on several instances at once.</summary>
    public async Task<CleanupReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var keep = options.Value;
        return new CleanupReport(
            Sessions: await RemoveAsync(rows.RemoveSessionsAsync, now - keep.Sessions, ct),
            Tokens: await RemoveAsync(rows.RemoveTokensAsync, now - keep.Tokens, ct),
            Limits: await RemoveAsync(rows.RemoveThrottlesAsync, now - keep.Limits, ct),
            SentMails: await RemoveAsync(rows.RemoveSentMailsAsync, now - keep.SentMails, ct),
            FailedMails: await RemoveAsync(rows.RemoveFailedMailsAsync, now - keep.FailedMails, ct),
            Deliveries: await RemoveAsync(rows.RemoveDeliveriesAsync, now - keep.Deliveries, ct),
            ApiKeys: await RemoveAsync(rows.RemoveApiKeysAsync, now - keep.ApiKeys, ct),
            AuditDays: await audit.RemoveExpiredDaysAsync(ct)
        );
    }

    private async Task<int> RemoveAsync(Func<DateTime, int, CancellationToken, Task<int>> remove, DateTime beforeUtc, CancellationToken ct)
    {
        for (var total = 0; ; )
        {
            var removed = (
                await unitOfWork.ExecuteAsync<Result<int>>(async ct => await remove(beforeUtc, unitOfWork.DeleteBatchSize, ct), ct)
            ).Value;
            total += removed;
            if (removed < unitOfWork.DeleteBatchSize)
            {
                return total;
            }

            await Task.Delay(IUnitOfWork.DeleteBatchPause, ct);
        }
    }
}

/// <summary>The number of rows of each kind that a run removed.</summary>
public sealed record CleanupReport(
    int Sessions,
    int Tokens,
    int Limits,
    int SentMails,
    int FailedMails,
    int Deliveries,
    int ApiKeys,
    int AuditDays
)
{
    public bool IsEmpty => this == new CleanupReport(0, 0, 0, 0, 0, 0, 0, 0);
}
