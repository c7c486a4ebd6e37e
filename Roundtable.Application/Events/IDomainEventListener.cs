using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Roundtable.Application.Events;

/// <summary>
/// Does something of the team's own when something happened. Runs in this process soon after the commit, in a scope of its own, at most
/// once:
/// what must not be lost when the process dies is a web-hook's work.
/// </summary>
public interface IDomainEventListener<in TEvent>
    where TEvent : IDomainEvent
{
    /// <summary>What it throws is logged and undoes nothing.</summary>
    /// <param name="e">What happened.</param>
    /// <param name="raised">When, by whom, and under which id.</param>
    /// <param name="ct">Ends the work when the process stops.</param>
    Task HandleAsync(TEvent e, RaisedEvent raised, CancellationToken ct);
}

/// <summary>Who wants to hear of an event.</summary>
public sealed record DomainEventSubscription(
    Type EventType,
    Type ListenerType,
    Func<IServiceProvider, RaisedEvent, CancellationToken, Task> HandleAsync
);

public static class DomainEventServiceCollectionExtensions
{
    /// <summary>
    /// Has <typeparamref name="TListener"/> hear of every <typeparamref name="TEvent"/>. Several listeners run one after the other.
    /// </summary>
    public static IServiceCollection AddDomainEventListener<TEvent, TListener>(this IServiceCollection services)
        where TEvent : IDomainEvent
        where TListener : class, IDomainEventListener<TEvent>
    {
        services.TryAddScoped<TListener>();
        return services.AddSingleton(
            new DomainEventSubscription(typeof(TEvent), typeof(TListener), (provider, raised, ct) =>
                provider.GetRequiredService<TListener>().HandleAsync((TEvent)raised.Event, raised, ct)
            )
        );
    }
}
