using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Why an attempt failed.</summary>
/// <param name="Text">The reason, without addresses, links and secrets: created by <see cref="ErrorText.Clean"/>.</param>
public sealed record DeliveryError(DeliveryErrorCode Code, string Text);

/// <summary>
/// A failed delivery attempt. Carries no inner exception on purpose: servers repeat addresses and more in their responses, and logging an
/// exception also logs its inner ones.
/// </summary>
/// <param name="retryAfter">How long the server asks to wait before a retry.</param>
/// <param name="isFinal">Whether another attempt is pointless.</param>
public abstract class DeliveryException(DeliveryError error, TimeSpan? retryAfter, bool isFinal = false) : Exception(error.Text)
{
    public DeliveryErrorCode Code { get; } = error.Code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsFinal { get; } = isFinal;
}
