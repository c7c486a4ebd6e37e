using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>The last results of sending in this process, for admins.</summary>
public sealed class MailTransportStatus
{
    private volatile MailTransportState state = new(null, null, null);

    public MailTransportState Current => state;

    /// <summary>The metric of mails that the transport accepted; null for <c>Pickup</c>, which sends none.</summary>
    public static Metric? MetricOf(EmailTransport transport) =>
        transport switch
        {
            EmailTransport.Smtp => Metric.EmailsBySmtp,
            EmailTransport.SendGrid => Metric.EmailsBySendGrid,
            _ => null,
        };

    internal void Succeeded(DateTime nowUtc) => state = state with { LastSuccessUtc = nowUtc };

    /// <param name="reason">Created by <see cref="ErrorText.Clean"/>.</param>
    internal void Failed(DateTime nowUtc, string reason) => state = state with { LastFailureUtc = nowUtc, LastFailure = reason };
}

/// <summary>When this process last sent a mail, and when and why it last failed to.</summary>
public sealed record MailTransportState(DateTime? LastSuccessUtc, DateTime? LastFailureUtc, string? LastFailure);
