using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Infrastructure.Common;

namespace Roundtable.Infrastructure.Events;

internal static class EventsServiceCollectionExtensions
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.TryAddScoped<TransactionEvents>();
        return services.AddWorker<EventDispatcher>();
    }
}
