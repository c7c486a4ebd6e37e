using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Application.Statistics;
using Roundtable.Domain.Email;
using Roundtable.Domain.Statistics;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>The outbox in the database.</summary>
internal sealed class OutboxStore(RoundtableDbContext db, UnitOfWork unitOfWork, IStatistics statistics) : IOutboxStore
{
    public void Add(OutboxMail mail) => db.OutboxMails.Add(mail);

    public async Task<IReadOnlyList<OutboxMail>> ClaimAsync(string owner, int max, DateTime nowUtc, TimeSpan lease, CancellationToken ct)
    {
        var candidates = await db.OutboxMails.Where(IsDue(nowUtc))
            .OrderBy(m => m.NextAttemptAtUtc).ThenBy(m => m.Id)
            .Select(m => m.Id)
            .Take(max)
            .ToListAsync(ct);
        var leasedUntilUtc = nowUtc + lease;
        var claimed = new List<string>(candidates.Count);
        foreach (var id in candidates)
        {
            // Asked again in the update: between the two another worker may have been quicker.
            var rows = await db.OutboxMails.Where(IsDue(nowUtc)).Where(m => m.Id == id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.Status, OutboxStatus.Sending)
                    .SetProperty(m => m.LeaseOwner, owner)
                    .SetProperty(m => m.LeasedUntilUtc, leasedUntilUtc),
                ct);
            if (rows == 1)
            {
                claimed.Add(id);
            }
        }

        return claimed.Count == 0
            ? []
            : await Held(owner).AsNoTracking().Where(m => claimed.Contains(m.Id))
                .OrderBy(m => m.NextAttemptAtUtc).ThenBy(m => m.Id)
                .ToListAsync(ct);
    }

    public Task<bool> MarkSentAsync(string id, string owner, DateTime nowUtc, CancellationToken ct) =>
        CountedAsync(Metric.EmailsSent, ct => SetSentAsync(id, owner, nowUtc, ct), ct);

    // Urgent: a mark that waits behind a burst of other writes comes after the lease's end, and then another instance sends the mail again.
    private async Task<bool> CountedAsync(Metric metric, Func<CancellationToken, Task<bool>> mark, CancellationToken ct) => (await unitOfWork.ExecuteAsync<Result<bool>>(
        async ct =>
        {
            var marked = await mark(ct);
            if (marked)
            {
                await statistics.CountAsync(metric, ct);
            }

            return marked;
        },
        urgent: true,
        ct)).Value;

    private async Task<bool> SetSentAsync(string id, string owner, DateTime nowUtc, CancellationToken ct) =>
        await Held(owner).Where(m => m.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Status, OutboxStatus.Sent)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                .SetProperty(m => m.ProtectedContent, (string?)null)
                .SetProperty(m => m.LastError, (string?)null)
                .SetProperty(m => m.SentAtUtc, nowUtc)
                .SetProperty(m => m.NextAttemptAtUtc, (DateTime?)null)
                .SetProperty(m => m.LeaseOwner, (string?)null)
                .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
            ct) == 1;

    public Task<bool> MarkFailedAttemptAsync(string id, string owner, string error, DateTime? nextAttemptAtUtc, CancellationToken ct) => nextAttemptAtUtc is null
        ? CountedAsync(Metric.EmailsFailed, ct => SetFailedAttemptAsync(id, owner, error, null, ct), ct)
        : SetFailedAttemptAsync(id, owner, error, nextAttemptAtUtc, ct);

    private async Task<bool> SetFailedAttemptAsync(string id, string owner, string error, DateTime? nextAttemptAtUtc, CancellationToken ct)
    {
        var status = nextAttemptAtUtc is null ? OutboxStatus.Failed : OutboxStatus.Pending;
        return await Held(owner).Where(m => m.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Status, status)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                .SetProperty(m => m.LastError, error)
                .SetProperty(m => m.NextAttemptAtUtc, nextAttemptAtUtc)
                .SetProperty(m => m.LeaseOwner, (string?)null)
                .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
            ct) == 1;
    }

    public Task ReleaseAsync(string owner, CancellationToken ct) =>
        Held(owner).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Status, OutboxStatus.Pending)
                .SetProperty(m => m.LeaseOwner, (string?)null)
                .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
            ct);

    private IQueryable<OutboxMail> Held(string owner) =>
        db.OutboxMails.Where(m => m.Status == OutboxStatus.Sending && m.LeaseOwner == owner);

    private static Expression<Func<OutboxMail, bool>> IsDue(DateTime nowUtc) => m =>
        (m.Status == OutboxStatus.Pending && m.NextAttemptAtUtc <= nowUtc)
        || (m.Status == OutboxStatus.Sending && m.LeasedUntilUtc <= nowUtc);
}
