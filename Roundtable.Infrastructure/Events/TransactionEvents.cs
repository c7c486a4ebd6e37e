using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Events;
using Roundtable.Domain.Email;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Webhooks;

namespace Roundtable.Infrastructure.Events;

/// <summary>Publishes a transaction's events: to outboxes before its commit, to listeners and waiting workers after it.</summary>
internal sealed class TransactionEvents(
    DomainEvents events,
    WebhookOutbox webhooks,
    WebhookSubscriptions subscriptions,
    EventDispatcher dispatcher,
    OutboxSignal<OutboxMail> mails,
    OutboxSignal<WebhookDelivery> deliveries
)
{
    private bool endpointsChange;

    /// <summary>Discards the events of a failed attempt.</summary>
    public void Reset()
    {
        events.Clear();
        endpointsChange = false;
    }

    /// <summary>Writes webhook messages, which must not be lost, into the transaction.</summary>
    public async Task PrepareAsync(RoundtableDbContext db, CancellationToken ct)
    {
        // Checked before the save: afterwards deleted entities are no longer tracked.
        endpointsChange =
            db.ChangeTracker.Tracks<WebhookEndpoint>()
            && db.ChangeTracker.Entries<WebhookEndpoint>().Any(e => e.State != EntityState.Unchanged);
        foreach (var e in events.Pending)
        {
            await webhooks.EnqueueAsync(e, db, ct);
        }
    }

    /// <summary>Call after the commit, with the change tracker as it was saved.</summary>
    public void Publish(RoundtableDbContext db)
    {
        Notify(db, mails);
        Notify(db, deliveries);
        db.HasRequeued = false;
        if (endpointsChange)
        {
            subscriptions.Invalidate();
        }

        foreach (var e in events.Take())
        {
            dispatcher.Dispatch(e);
        }
    }

    /// <summary>Call after a failed transaction: the endpoints that it read may have been rolled back too.</summary>
    public void Discard() => subscriptions.Invalidate();

    private static void Notify<TMessage>(RoundtableDbContext db, OutboxSignal<TMessage> signal)
        where TMessage : Domain.Outbox.OutboxMessage
    {
        if (db.HasRequeued || db.ChangeTracker.Tracks<TMessage>())
        {
            signal.Notify();
        }
    }
}
