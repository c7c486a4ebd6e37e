using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal static class OutboxQueries
{
    /// <summary>Makes a failed or pending message due now and resets its attempts; false for any other.</summary>
    public static async Task<bool> RequeueAsync<TMessage>(this RoundtableDbContext db, string id, DateTime nowUtc, CancellationToken ct)
        where TMessage : OutboxMessage => await db.RequeueAsync(db.Set<TMessage>().Where(m => m.Id == id), nowUtc, ct) == 1;

    /// <summary>
    /// Makes the failed and pending messages of these due now and resets their attempts. Returns the messages that exist, and whether
    /// each was requeued.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, bool>> RequeueAsync<TMessage>(
        this RoundtableDbContext db,
        IReadOnlyCollection<string> ids,
        DateTime nowUtc,
        CancellationToken ct
    )
        where TMessage : OutboxMessage
    {
        var messages = db.Set<TMessage>();
        var found = await messages
            .Where(m => ids.Contains(m.Id))
            .Select(m => new { m.Id, Retriable = m.Status == OutboxStatus.Failed || m.Status == OutboxStatus.Pending })
            .ToDictionaryAsync(m => m.Id, m => m.Retriable, ct);
        var retriable = found.Where(m => m.Value).Select(m => m.Key).ToList();

        // A worker claimed a message between the two statements: retry without it.
        return retriable.Count == 0 || await db.RequeueAsync(messages.Where(m => retriable.Contains(m.Id)), nowUtc, ct) == retriable.Count
            ? found
            : throw new DbUpdateConcurrencyException("A message changed its status.");
    }

    /// <summary>Makes the failed and pending messages of the query due now and resets their attempts; returns their number.</summary>
    public static async Task<int> RequeueAsync<TMessage>(
        this RoundtableDbContext db,
        IQueryable<TMessage> messages,
        DateTime nowUtc,
        CancellationToken ct
    )
        where TMessage : OutboxMessage
    {
        var requeued = await messages
            .Where(m => m.Status == OutboxStatus.Failed || m.Status == OutboxStatus.Pending)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(m => m.Status, OutboxStatus.Pending)
                        .SetProperty(m => m.Attempts, 0)
                        .SetProperty(m => m.NextAttemptAtUtc, nowUtc),
                ct
            );
        db.HasRequeued |= requeued > 0;
        return requeued;
    }
}
