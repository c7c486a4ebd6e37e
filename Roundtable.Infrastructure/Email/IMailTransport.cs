namespace Roundtable.Infrastructure.Email;

/// <summary>Hands a mail to whoever delivers it.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Returns when the mail was taken over. Throws <see cref="MailTransportException"/> when it was not, and
    /// <see cref="OperationCanceledException"/> when <paramref name="ct"/> ended the attempt.
    /// </summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}
