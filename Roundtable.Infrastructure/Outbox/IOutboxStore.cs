using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>
/// Stores the messages of one kind of outbox. Every change but <see cref="Add"/> is one conditional update, outside the change tracker.
/// </summary>
public interface IOutboxStore<TMessage>
    where TMessage : OutboxMessage
{
    /// <summary>Adds the message to the running unit of work; it is not sent before the commit.</summary>
    void Add(TMessage message);

    /// <summary>
    /// Claims up to <paramref name="max"/> messages that are due or whose lease has expired, the longest waiting first: sets them to
    /// sending, leased by <paramref name="owner"/> until <paramref name="nowUtc"/> + <paramref name="lease"/>. If two workers claim the
    /// same row, one gets it. Returns the rows as they are after the update, detached.
    /// </summary>
    /// <param name="busy">Channels whose messages are not claimed.</param>
    Task<IReadOnlyList<TMessage>> ClaimAsync(
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    );

    /// <summary>
    /// Marks messages as sent in one transaction: counts the attempt, wipes the content and the last error, ends the lease. Returns the
    /// ids, except those whose lease <paramref name="owner"/> has lost or whose row is gone.
    /// </summary>
    Task<IReadOnlyCollection<string>> MarkSentAsync(IReadOnlyCollection<string> ids, string owner, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Records a failed attempt: counts it, stores <paramref name="error"/>, ends the lease. The message is pending again until <paramref
    /// name="nextAttemptAtUtc"/>; null gives up (status failed; the content stays, for an admin's retry). Returns false if <paramref
    /// name="owner"/> has lost the lease or the row is gone.
    /// </summary>
    Task<bool> MarkFailedAttemptAsync(string id, string owner, DeliveryError error, DateTime? nextAttemptAtUtc, CancellationToken ct);

    /// <summary>
    /// Releases all leases of <paramref name="owner"/>, uncounted, so that another worker need not wait for them to expire.
    /// </summary>
    Task ReleaseAsync(string owner, CancellationToken ct);
}
