using Microsoft.Extensions.Logging;
using Roundtable.Application.Operations;
using Roundtable.Domain.Email;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>Sends mail with the configured transport.</summary>
public sealed class MailSender(
    IMailTransport transport,
    OutboxProtector protector,
    MailTransportStatus status,
    RoundtableMetrics metrics,
    ILogger<MailSender> logger
) : IOutboxSender<OutboxMail>
{
    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(20),
        TimeSpan.FromMinutes(60),
    ];

    public static int MaxAttempts => BackOff.Length + 1;

    public int MaxConcurrency => transport.MaxConcurrency;

    public Task SendAsync(OutboxMail message, CancellationToken ct) => transport.SendAsync(protector.Unprotect(message), ct);

    public DateTime? NextAttempt(int failedAttempts, DateTime nowUtc, TimeSpan? retryAfter) =>
        OutboxTiming.NextAttempt(BackOff, failedAttempts, nowUtc, retryAfter);

    public void Sent(OutboxMail message, int attempt, DateTime nowUtc)
    {
        status.Succeeded(nowUtc);
        metrics.Mail(message.Template, "sent");
        logger.Sent(message.Id, message.Template, message.ToMasked, attempt);
    }

    public void Failed(OutboxMail message, int attempt, string reason, DateTime? nextAttemptAtUtc, DateTime nowUtc)
    {
        status.Failed(nowUtc, reason);
        metrics.Mail(message.Template, nextAttemptAtUtc is null ? "failed" : "retrying");
        if (nextAttemptAtUtc is { } again)
        {
            logger.Retrying(message.Id, message.Template, message.ToMasked, attempt, reason, again);
        }
        else
        {
            logger.GaveUp(message.Id, message.Template, message.ToMasked, attempt, reason);
        }
    }

    public void LeaseLost(OutboxMail message) => logger.LeaseLost(message.Id, message.Template);

    public void Unrecorded(OutboxMail message, Exception error) => logger.Unrecorded(error, message.Id, message.Template);
}
