using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>Stores an outbox in the database.</summary>
internal sealed class OutboxStore<TMessage>(RoundtableDbContext db, TransactionRunner transactions) : IOutboxStore<TMessage>
    where TMessage : OutboxMessage
{
    // Mails share one channel.
    private static readonly string? ChannelColumn = typeof(TMessage) == typeof(WebhookDelivery) ? nameof(WebhookDelivery.EndpointId) : null;

    public void Add(TMessage message) => db.Add(message);

    public async Task<IReadOnlyList<TMessage>> ClaimAsync(
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        IReadOnlyCollection<string> busy,
        CancellationToken ct
    )
    {
        if (busy.Count > 0 && ChannelColumn is null)
        {
            return [];
        }

        return SqlDialect.Of(db).IsRemote
            ? await transactions.RunStatementAsync(
                ct => OutboxClaim.RunAsync<TMessage>(db, ChannelColumn, owner, max, nowUtc, lease, busy, ct),
                urgent: true,
                ct
            )
            : await ClaimAsync(
                busy.Count == 0
                    ? db.Set<TMessage>()
                    : db.Set<TMessage>().Where(m => !busy.Contains(EF.Property<string>(m, ChannelColumn!))),
                owner,
                max,
                nowUtc,
                lease,
                ct
            );
    }

    public Task<IReadOnlyCollection<string>> MarkSentAsync(
        IReadOnlyCollection<string> ids,
        string owner,
        DateTime nowUtc,
        CancellationToken ct
    ) =>
        WriteAsync<IReadOnlyCollection<string>>(
            async () =>
            {
                var held = await Held(owner).Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct);
                var marked = await Held(owner)
                    .Where(m => held.Contains(m.Id))
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(m => m.Status, OutboxStatus.Sent)
                                .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                                .SetProperty(m => m.ProtectedContent, (string?)null)
                                .SetProperty(m => m.LastError, (string?)null)
                                .SetProperty(m => m.LastErrorCode, (DeliveryErrorCode?)null)
                                .SetProperty(m => m.SentAtUtc, nowUtc)
                                .SetProperty(m => m.NextAttemptAtUtc, (DateTime?)null)
                                .SetProperty(m => m.LeaseOwner, (string?)null)
                                .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
                        ct
                    );

                // Another worker took over a message between the two statements: retry without it.
                return marked == held.Count ? held : throw new DbUpdateConcurrencyException("A lease was lost.");
            },
            ct
        );

    public async Task<bool> MarkFailedAttemptAsync(
        string id,
        string owner,
        DeliveryError error,
        DateTime? nextAttemptAtUtc,
        CancellationToken ct
    )
    {
        var status = nextAttemptAtUtc is null ? OutboxStatus.Failed : OutboxStatus.Pending;
        return await WriteAsync(
                () =>
                    Held(owner)
                        .Where(m => m.Id == id)
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(m => m.Status, status)
                                    .SetProperty(m => m.Attempts, m => m.Attempts + 1)
                                    .SetProperty(m => m.LastError, error.Text)
                                    .SetProperty(m => m.LastErrorCode, error.Code)
                                    .SetProperty(m => m.NextAttemptAtUtc, nextAttemptAtUtc)
                                    .SetProperty(m => m.LeaseOwner, (string?)null)
                                    .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
                            ct
                        ),
                ct
            ) == 1;
    }

    public Task ReleaseAsync(string owner, CancellationToken ct) =>
        WriteAsync(
            () =>
                Held(owner)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(m => m.Status, OutboxStatus.Pending)
                                .SetProperty(m => m.LeaseOwner, (string?)null)
                                .SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
                        ct
                    ),
            ct
        );

    private async Task<IReadOnlyList<TMessage>> ClaimAsync(
        IQueryable<TMessage> among,
        string owner,
        int max,
        DateTime nowUtc,
        TimeSpan lease,
        CancellationToken ct
    )
    {
        var candidates = await among
            .Where(IsDue(nowUtc))
            .OrderBy(m => m.NextAttemptAtUtc)
            .ThenBy(m => m.Id)
            .Select(m => m.Id)
            .Take(max)
            .ToListAsync(ct);
        if (candidates.Count == 0)
        {
            return [];
        }

        // Checked again in the update: another worker may have claimed one in between.
        var leasedUntilUtc = nowUtc + lease;
        var claimed = await WriteAsync(
            () =>
                db.Set<TMessage>()
                    .Where(IsDue(nowUtc))
                    .Where(m => candidates.Contains(m.Id))
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(m => m.Status, OutboxStatus.Sending)
                                .SetProperty(m => m.LeaseOwner, owner)
                                .SetProperty(m => m.LeasedUntilUtc, leasedUntilUtc),
                        ct
                    ),
            ct
        );
        return claimed == 0
            ? []
            : await Held(owner)
                .AsNoTracking()
                .Where(m => candidates.Contains(m.Id))
                .OrderBy(m => m.NextAttemptAtUtc)
                .ThenBy(m => m.Id)
                .ToListAsync(ct);
    }

    /// <summary>Writes urgently: an acknowledgement after the lease expires lets another instance send the message again.</summary>
    private async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken ct) =>
        transactions.IsInside ? await write() : (await transactions.RunAsync<Result<T>>(async _ => await write(), urgent: true, ct)).Value;

    private IQueryable<TMessage> Held(string owner) =>
        db.Set<TMessage>().Where(m => m.Status == OutboxStatus.Sending && m.LeaseOwner == owner);

    private static Expression<Func<TMessage, bool>> IsDue(DateTime nowUtc) =>
        m =>
            (m.Status == OutboxStatus.Pending && m.NextAttemptAtUtc <= nowUtc)
            || (m.Status == OutboxStatus.Sending && m.LeasedUntilUtc <= nowUtc);
}
