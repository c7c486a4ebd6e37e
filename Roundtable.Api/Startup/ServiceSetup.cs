using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Health;
using Roundtable.Api.Http;
using Roundtable.Api.OpenApi;
using Roundtable.Api.RateLimiting;
using Roundtable.Application;
using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Cleanup;
using Roundtable.Application.Common;
using Roundtable.Infrastructure;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>Puts the layers together.</summary>
internal static class ServiceSetup
{
    private const long MaxBodyBytes = 1024 * 1024;

    public static void AddRoundtable(this WebApplicationBuilder builder, bool secureCookie)
    {
        var app = Settings.Bind<AppOptions>(builder, AppOptions.SectionName);
        var urls = builder.Configuration["Urls"]!.Split(';', StringSplitOptions.RemoveEmptyEntries);
        SettingsRules.Check(urls);
        app.PublicUrl = app.PublicUrl.Length > 0 ? app.PublicUrl : urls[0];
        SettingsRules.Check(app);
        SettingsRules.Check(Settings.Bind<AuthOptions>(builder, AuthOptions.SectionName));
        SettingsRules.Check(Settings.Bind<RateLimitOptions>(builder, RateLimitOptions.SectionName));
        SettingsRules.Check(Settings.Bind<DatabaseOptions>(builder, DatabaseOptions.SectionName));
        SettingsRules.Check(Settings.Bind<AuditOptions>(builder, AuditOptions.SectionName));
        SettingsRules.Check(Settings.Bind<CleanupOptions>(builder, CleanupOptions.SectionName));
        Settings.Bind<KeyStorageOptions>(builder, KeyStorageOptions.SectionName);
        // Registered by the layer it belongs to, with a validator of its own.
        Settings.Read<EmailOptions>(builder.Configuration, EmailOptions.SectionName);

        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
        builder.Services
            .AddApplication(builder.Configuration["AutoMapper:LicenseKey"])
            .AddInfrastructure(builder.Configuration, builder.Environment)
            .AddSessions(secureCookie)
            .AddSingleton<RateLimits>()
            .AddExceptionHandler<ExceptionMapping>()
            .AddProblemDetails()
            .AddApiDocument()
            .AddApi(app)
            .AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    private static IServiceCollection AddApi(this IServiceCollection services, AppOptions app)
    {
        services.AddControllers(o =>
            {
                o.ModelBinderProviders.Insert(0, new EnumNameBinder());
                o.Conventions.Add(new KnownQueryParameters());
                o.ModelMetadataDetailsProviders.Add(new SystemTextJsonValidationMetadataProvider());
                o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                var json = o.InputFormatters.OfType<SystemTextJsonInputFormatter>().Single();
                json.SupportedMediaTypes.Clear();
                json.SupportedMediaTypes.Add(MediaTypeGuard.Json);
            })
            .AddJsonOptions(o =>
            {
                // A converter's message can quote .NET types; Validation words it anew.
                o.AllowInputFormatterExceptionMessages = false;
                JsonSetup.Configure(o.JsonSerializerOptions);
            })
            .ConfigureApiBehaviorOptions(o =>
            {
                o.InvalidModelStateResponseFactory = Validation.Respond;
                o.SuppressMapClientErrors = true;
            });
        services.ConfigureHttpJsonOptions(o => JsonSetup.Configure(o.SerializerOptions));
        services.AddCors(o => o.AddDefaultPolicy(p => p
            .WithOrigins([.. app.TrustedOrigins.Select(t => t.TrimEnd('/'))])
            .AllowCredentials()
            .AllowAnyHeader()
            .AllowAnyMethod()
            .WithExposedHeaders("ETag", "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", RequestIds.Header)));
        services.Configure<ForwardedHeadersOptions>(o => TrustProxies(o, app.TrustedProxies));
        return services;
    }

    private static void TrustProxies(ForwardedHeadersOptions options, IEnumerable<string> proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }
}
