using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal static class OutboxQueries
{
    /// <summary>Makes a failed or pending message due now and resets its attempts; false for any other.</summary>
    public static async Task<bool> RequeueAsync<TMessage>(
        this IQueryable<TMessage> messages,
        string id,
        DateTime nowUtc,
        CancellationToken ct
    )
        where TMessage : OutboxMessage =>
        await messages
            .Where(m => m.Id == id && (m.Status == OutboxStatus.Failed || m.Status == OutboxStatus.Pending))
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(m => m.Status, OutboxStatus.Pending)
                        .SetProperty(m => m.Attempts, 0)
                        .SetProperty(m => m.NextAttemptAtUtc, nowUtc),
                ct
            ) == 1;
}
