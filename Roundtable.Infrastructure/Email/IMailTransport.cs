namespace Roundtable.Infrastructure.Email;

/// <summary>Passes mail on for delivery.</summary>
public interface IMailTransport
{
    /// <summary>The maximum number of concurrent sends. Mail servers allow a client a handful of connections.</summary>
    int MaxConcurrency => 8;

    /// <summary>
    /// Completes when the mail was accepted. Throws <see cref="MailTransportException"/> when it was not, and <see
    /// cref="OperationCanceledException"/> when <paramref name="ct"/> ended the attempt.
    /// </summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);

    /// <summary>
    /// Tests the transport without sending: connects, greets, signs in. Returns the result as a sentence; throws <see
    /// cref="MailTransportException"/> if mail could not be sent.
    /// </summary>
    Task<string> ProbeAsync(CancellationToken ct);
}
