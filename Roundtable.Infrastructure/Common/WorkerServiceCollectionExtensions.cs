using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Roundtable.Infrastructure.Common;

internal static class WorkerServiceCollectionExtensions
{
    /// <summary>
    /// Whether the program is there to work. The build starts it once to write the OpenAPI document: no settings are needed for that, no
    /// database is there, and nothing may be sent.
    /// </summary>
    public static bool IsServing { get; } = Assembly.GetEntryAssembly()?.GetName().Name != "GetDocument.Insider";

    /// <summary>A singleton that works in the background.</summary>
    public static IServiceCollection AddWorker<TWorker>(this IServiceCollection services)
        where TWorker : class, IHostedService
    {
        services.TryAddSingleton<TWorker>();
        return IsServing ? services.AddHostedService(s => s.GetRequiredService<TWorker>()) : services;
    }
}
