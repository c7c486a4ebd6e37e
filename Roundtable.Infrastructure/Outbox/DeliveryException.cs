namespace Roundtable.Infrastructure.Outbox;

/// <summary>
/// An attempt that failed. Carries no inner exception on purpose: servers repeat addresses and more in their answers, and
/// whoever logs an exception logs its inner ones too.
/// </summary>
/// <param name="reason">Why, free of addresses, links and secrets: made by <see cref="ErrorText.Clean"/>.</param>
/// <param name="retryAfter">How long the other side asks to be left alone.</param>
/// <param name="isFinal">Whether another attempt makes no sense.</param>
public abstract class DeliveryException(string reason, TimeSpan? retryAfter, bool isFinal = false) : Exception(reason)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsFinal { get; } = isFinal;
}
