namespace Roundtable.Infrastructure.Outbox;

/// <summary>
/// A failed delivery attempt. Carries no inner exception on purpose: servers repeat addresses and more in their responses, and logging an
/// exception also logs its inner ones.
/// </summary>
/// <param name="reason">The reason, without addresses, links and secrets: created by <see cref="ErrorText.Clean"/>.</param>
/// <param name="retryAfter">How long the server asks to wait before a retry.</param>
/// <param name="isFinal">Whether another attempt is pointless.</param>
public abstract class DeliveryException(string reason, TimeSpan? retryAfter, bool isFinal = false) : Exception(reason)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsFinal { get; } = isFinal;
}
