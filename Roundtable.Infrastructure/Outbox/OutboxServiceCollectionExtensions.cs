using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

internal static class OutboxServiceCollectionExtensions
{
    /// <summary>Registers the sending of one kind of message; the caller registers sender and worker.</summary>
    public static IServiceCollection AddOutbox<TMessage>(this IServiceCollection services)
        where TMessage : OutboxMessage
    {
        services.TryAddSingleton<OutboxOwner>();
        services.TryAddSingleton<OutboxSignal<TMessage>>();
        services.TryAddSingleton<OutboxDispatcher<TMessage>>();
        return services;
    }
}
