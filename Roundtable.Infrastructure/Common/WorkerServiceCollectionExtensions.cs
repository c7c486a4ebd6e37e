using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Roundtable.Infrastructure.Common;

internal static class WorkerServiceCollectionExtensions
{
    /// <summary>
    /// Whether the program is started to serve. The build starts it once to write the OpenAPI document: that requires no settings, has no
    /// database, and must send nothing.
    /// </summary>
    public static bool IsServing { get; } = Assembly.GetEntryAssembly()?.GetName().Name != "GetDocument.Insider";

    /// <summary>Registers a singleton that works in the background.</summary>
    public static IServiceCollection AddWorker<TWorker>(this IServiceCollection services)
        where TWorker : class, IHostedService
    {
        services.TryAddSingleton<TWorker>();
        return IsServing ? services.AddHostedService(s => s.GetRequiredService<TWorker>()) : services;
    }
}
