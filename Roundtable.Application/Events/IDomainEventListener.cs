using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Roundtable.Application.Events;

/// <summary>
/// Handles a domain event in application code. Runs in this process soon after the commit, in its own scope, at most once; use a
/// webhook for work that must survive a process crash.
/// </summary>
public interface IDomainEventListener<in TEvent>
    where TEvent : IDomainEvent
{
    /// <summary>Exceptions are logged and roll nothing back.</summary>
    /// <param name="e">The event.</param>
    /// <param name="raised">The event's time, actor and id.</param>
    /// <param name="ct">Cancelled when the process stops.</param>
    Task HandleAsync(TEvent e, RaisedEvent raised, CancellationToken ct);
}

/// <summary>Subscribes a listener to an event type.</summary>
public sealed record DomainEventSubscription(
    Type EventType,
    Type ListenerType,
    Func<IServiceProvider, RaisedEvent, CancellationToken, Task> HandleAsync
);

public static class DomainEventServiceCollectionExtensions
{
    /// <summary>
    /// Registers <typeparamref name="TListener"/> for every <typeparamref name="TEvent"/>. Several listeners run one after the other.
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
