namespace Roundtable.Infrastructure.Email;

/// <summary>
/// An attempt that failed. Carries no inner exception on purpose: servers repeat addresses and more in their answers, and
/// whoever logs an exception logs its inner ones too.
/// </summary>
/// <param name="reason">Why, free of addresses, links and secrets: made by <see cref="ErrorText.Clean"/>.</param>
/// <param name="retryAfter">How long the other side asks to be left alone.</param>
public sealed class MailTransportException(string reason, TimeSpan? retryAfter = null) : Exception(reason)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
