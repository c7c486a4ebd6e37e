using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>
/// The rows of one kind of outbox. Every change but <see cref="Add"/> is one conditional update, outside the change tracker.
/// </summary>
public interface IOutboxStore<TMessage>
    where TMessage : OutboxMessage
{
    /// <summary>Adds the row to the running unit of work; nothing goes out before its commit.</summary>
    void Add(TMessage message);

    /// <summary>
    /// Takes up to <paramref name="max"/> messages that are due, or whose lease has run out, the longest waiting first: sets them to
    /// sending under <paramref name="owner"/> until <paramref name="nowUtc"/> + <paramref name="lease"/>. Of two workers that
    /// want the same row one gets it. The rows come back as they are after the update, detached.
    /// </summary>
    /// <param name="busy">Channels whose messages stay where they are.</param>
    Task<IReadOnlyList<TMessage>> ClaimAsync(
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    );

    /// <summary>
    /// Sent: counts the attempt, wipes the content and the last error, ends the lease, of all in one transaction. The ids come back but for
    /// those of which <paramref name="owner"/> has lost the lease, or the row is gone.
    /// </summary>
    Task<IReadOnlyCollection<string>> MarkSentAsync(IReadOnlyCollection<string> ids, string owner, DateTime nowUtc, CancellationToken ct);

    /// <summary>
    /// Failed once more: counts the attempt, keeps <paramref name="error"/>, ends the lease. Pending again until
    /// <paramref name="nextAttemptAtUtc"/>; null gives up (status failed; the content stays, for an admin's retry). False when
    /// <paramref name="owner"/> has lost the lease, or the row is gone.
    /// </summary>
    Task<bool> MarkFailedAttemptAsync(string id, string owner, string error, DateTime? nextAttemptAtUtc, CancellationToken ct);

    /// <summary>
    /// Hands back all that <paramref name="owner"/> holds, uncounted, so that another worker need not wait for the leases' end.
    /// </summary>
    Task ReleaseAsync(string owner, CancellationToken ct);
}
