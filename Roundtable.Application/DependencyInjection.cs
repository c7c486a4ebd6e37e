using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Operations;
using Roundtable.Application.Profiles;

namespace Roundtable.Application;

public static class DependencyInjection
{
    /// <summary>Registers the use cases. Other layers register repositories, mail and the request context.</summary>
    /// <param name="autoMapperLicenseKey">The value of <c>AutoMapper:LicenseKey</c>; without one, AutoMapper warns once at startup.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, string? autoMapperLicenseKey)
    {
        services.AddAutoMapper(
            c =>
            {
                c.LicenseKey = autoMapperLicenseKey;
                c.AllowNullCollections = true;

                // Entities name times …Utc and flags Is…; DTOs do not.
                c.RecognizePostfixes("Utc");
                c.RecognizePrefixes("Is");
            },
            typeof(DependencyInjection).Assembly
        );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallbackPolicy>();
        services.TryAddSingleton<WaitingBrowsers>();
        services.TryAddSingleton<ProfileFields>();
        services.TryAddSingleton<RoundtableMetrics>();
        services.TryAddScoped<IAuditTrail, AuditTrail>();
        var types = typeof(DependencyInjection).Assembly.GetTypes();
        foreach (var service in types.Where(t => t.IsDefined(typeof(ScopedServiceAttribute), inherit: false)))
        {
            services.TryAddScoped(service);
        }

        foreach (var data in types.Where(t => t.IsClass && t.IsAssignableTo(typeof(IAccountData))))
        {
            services.TryAddEnumerable(ServiceDescriptor.Scoped(typeof(IAccountData), data));
        }

        return services;
    }
}
