using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>How one kind of message leaves, and who hears of how it went. Transient: it may use typed HTTP clients.</summary>
public interface IOutboxLane<TMessage>
    where TMessage : OutboxMessage
{
    /// <summary>How many messages of a channel may be under way at the same time.</summary>
    int AtOnce { get; }

    /// <summary>
    /// Which way the message goes. Channels do not wait for each other; all messages of one that are claimed together end before its next.
    /// </summary>
    string Channel(TMessage message) => "";

    /// <summary>
    /// Returns when the message was taken over. Throws <see cref="DeliveryException"/> when it was not, and
    /// <see cref="OperationCanceledException"/> when <paramref name="ct"/> ended the attempt.
    /// </summary>
    Task SendAsync(TMessage message, CancellationToken ct);

    /// <summary>When to try again after so many failed attempts; null when that was the last.</summary>
    DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter);

    void Sent(TMessage message, int attempt, DateTime nowUtc);

    /// <param name="reason">Free of addresses, links and secrets.</param>
    /// <param name="nextAttemptAtUtc">Null when that was the last attempt.</param>
    void Failed(TMessage message, int attempt, string reason, DateTime? nextAttemptAtUtc, DateTime nowUtc);

    /// <summary>Another worker took the message over, or it was removed meanwhile.</summary>
    void LeaseLost(TMessage message);

    /// <summary>What became of the message could not be stored: it may go out again.</summary>
    void Unrecorded(TMessage message, Exception error);
}
