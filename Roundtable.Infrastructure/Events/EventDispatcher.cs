using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Roundtable.Application.Events;

namespace Roundtable.Infrastructure.Events;

/// <summary>Delivers events to this process's listeners, in order and one at a time, outside the request that raised them.</summary>
internal sealed class EventDispatcher(
    IServiceScopeFactory scopes,
    IEnumerable<DomainEventSubscription> subscriptions,
    ILogger<EventDispatcher> logger
) : BackgroundService
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<Type, DomainEventSubscription[]> listeners = subscriptions
        .GroupBy(s => s.EventType)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private readonly Channel<RaisedEvent> committed = Channel.CreateUnbounded<RaisedEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    /// <summary>Call after the commit. Never blocks; events without listeners cost nothing.</summary>
    public void Dispatch(RaisedEvent e)
    {
        if (listeners.ContainsKey(e.Event.GetType()))
        {
            committed.Writer.TryWrite(e);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // Committed events are still delivered; new ones are dropped.
        committed.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource();
        await using var hurry = stoppingToken.Register(() => limit.CancelAfter(StopGrace));
        await foreach (var e in committed.Reader.ReadAllAsync(CancellationToken.None))
        {
            foreach (var listener in listeners[e.Event.GetType()])
            {
                await HandleAsync(listener, e, limit.Token);
            }
        }
    }

    private async Task HandleAsync(DomainEventSubscription listener, RaisedEvent e, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await listener.HandleAsync(scope.ServiceProvider, e, ct);
        }
        catch (Exception error)
        {
            logger.ListenerFailed(error, e.Type, e.Id, listener.ListenerType.Name);
        }
    }
}
