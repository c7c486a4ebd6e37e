using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Events;
using Roundtable.Domain.Email;
using Roundtable.Domain.Webhooks;
using Roundtable.Infrastructure.Outbox;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Webhooks;

namespace Roundtable.Infrastructure.Events;

/// <summary>What a transaction has to tell: to outboxes before its commit, to those who wait after it.</summary>
internal sealed class Announcements(
    DomainEvents events,
    WebhookOutbox webhooks,
    WebhookSubscriptions subscriptions,
    EventDispatcher dispatcher,
    OutboxSignal<OutboxMail> mails,
    OutboxSignal<WebhookDelivery> deliveries
)
{
    private bool endpointsChange;

    /// <summary>Forgets what a failed attempt raised.</summary>
    public void Reset()
    {
        events.Clear();
        endpointsChange = false;
    }

    /// <summary>Writes what must not be lost into the transaction.</summary>
    public async Task PrepareAsync(RoundtableDbContext db, CancellationToken ct)
    {
        // Looked at before the save: afterwards nobody tracks what was deleted.
        endpointsChange =
            db.ChangeTracker.Tracks<WebhookEndpoint>()
            && db.ChangeTracker.Entries<WebhookEndpoint>().Any(e => e.State != EntityState.Unchanged);
        foreach (var e in events.Pending)
        {
            await webhooks.EnqueueAsync(e, db, ct);
        }
    }

    /// <summary>After the commit, with the change tracker as it was saved.</summary>
    public void Tell(RoundtableDbContext db)
    {
        Notify(db, mails);
        Notify(db, deliveries);
        if (endpointsChange)
        {
            subscriptions.Forget();
        }

        foreach (var e in events.Take())
        {
            dispatcher.Tell(e);
        }
    }

    /// <summary>After a transaction that came to nothing: what it saw of endpoints may have come to nothing too.</summary>
    public void Lost() => subscriptions.Forget();

    private static void Notify<TMessage>(RoundtableDbContext db, OutboxSignal<TMessage> signal)
        where TMessage : Domain.Outbox.OutboxMessage
    {
        if (db.ChangeTracker.Tracks<TMessage>())
        {
            signal.Notify();
        }
    }
}
