using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Sends one kind of message and reports the outcome. Transient: it may use typed HTTP clients.</summary>
public interface IOutboxSender<TMessage>
    where TMessage : OutboxMessage
{
    /// <summary>The maximum number of a channel's messages that are sent at the same time.</summary>
    int MaxConcurrency { get; }

    /// <summary>
    /// The channel of the message. Channels do not wait for each other; all messages of one that are claimed together end before its next.
    /// </summary>
    string Channel(TMessage message) => "";

    /// <summary>
    /// Completes when the message was accepted. Throws <see cref="DeliveryException"/> when it was not, and <see
    /// cref="OperationCanceledException"/> when <paramref name="ct"/> ended the attempt.
    /// </summary>
    Task SendAsync(TMessage message, CancellationToken ct);

    /// <summary>Returns the time of the next attempt after so many failed ones; null after the last.</summary>
    DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter);

    void Sent(TMessage message, int attempt, DateTime nowUtc);

    /// <param name="reason">Free of addresses, links and secrets.</param>
    /// <param name="nextAttemptAtUtc">Null after the last attempt.</param>
    void Failed(TMessage message, int attempt, string reason, DateTime? nextAttemptAtUtc, DateTime nowUtc);

    /// <summary>Another worker took the message over, or it was removed meanwhile.</summary>
    void LeaseLost(TMessage message);

    /// <summary>The outcome could not be stored: the message may be sent again.</summary>
    void Unrecorded(TMessage message, Exception error);
}
