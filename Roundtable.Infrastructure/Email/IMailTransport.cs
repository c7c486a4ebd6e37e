namespace Roundtable.Infrastructure.Email;

/// <summary>Hands a mail to whoever delivers it.</summary>
public interface IMailTransport
{
    /// <summary>How many mails it takes at the same time. Mail servers let the same client open a handful of connections.</summary>
    int AtOnce => 8;

    /// <summary>
    /// Returns when the mail was taken over. Throws <see cref="MailTransportException"/> when it was not, and
    /// <see cref="OperationCanceledException"/> when <paramref name="ct"/> ended the attempt.
    /// </summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);

    /// <summary>
    /// Goes as far as it can without sending: connects, greets, signs in. What it found, in a sentence; throws
    /// <see cref="MailTransportException"/> when mail could not be sent.
    /// </summary>
    Task<string> ProbeAsync(CancellationToken ct);
}
