using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Email;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The mail outbox; counts sent and failed mails for the statistics.</summary>
internal sealed class MailOutboxStore(
    OutboxStore<OutboxMail> mails,
    UnitOfWork unitOfWork,
    IStatistics statistics,
    IOptions<EmailOptions> options
) : IOutboxStore<OutboxMail>
{
    private static readonly Metric[] Failed = [Metric.EmailsFailed];

    public void Add(OutboxMail message) => mails.Add(message);

    public Task<IReadOnlyList<OutboxMail>> ClaimAsync(
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    ) => mails.ClaimAsync(owner, max, nowUtc, lease, busy, ct);

    public Task<IReadOnlyCollection<string>> MarkSentAsync(
        IReadOnlyCollection<string> ids,
        string owner,
        DateTime nowUtc,
        CancellationToken ct
    ) => CountedAsync(Sent(options.Value.Transport), ct => mails.MarkSentAsync(ids, owner, nowUtc, ct), ids => ids.Count, ct);

    public Task<bool> MarkFailedAttemptAsync(
        string id,
        string owner,
        DeliveryError error,
        DateTime? nextAttemptAtUtc,
        CancellationToken ct
    ) =>
        nextAttemptAtUtc is null
            ? CountedAsync(Failed, ct => mails.MarkFailedAttemptAsync(id, owner, error, null, ct), marked => marked ? 1 : 0, ct)
            : mails.MarkFailedAttemptAsync(id, owner, error, nextAttemptAtUtc, ct);

    public Task ReleaseAsync(string owner, CancellationToken ct) => mails.ReleaseAsync(owner, ct);

    // By transport too: whether the one that is configured now has ever worked must outlive the process.
    private static Metric[] Sent(EmailTransport transport) =>
        MailTransportStatus.MetricOf(transport) is { } accepted ? [Metric.EmailsSent, accepted] : [Metric.EmailsSent];

    // Urgent: an acknowledgement that waits behind a burst of other writes misses the lease, and then another instance sends the mail
    // again.
    private async Task<T> CountedAsync<T>(
        Metric[] metrics,
        Func<CancellationToken, Task<T>> mark,
        Func<T, int> count,
        CancellationToken ct
    ) => (
            await unitOfWork.ExecuteAsync<Result<(T Marked, int)>>(
                async ct =>
                {
                    var marked = await mark(ct);
                    var times = count(marked);
                    foreach (var metric in times > 0 ? metrics : [])
                    {
                        statistics.Count(metric, times);
                    }

                    return (marked, times);
                },
                urgent: true,
                ct
            )
        ).Value.Marked;
}
