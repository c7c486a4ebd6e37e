using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.OpenApi;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Application;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Operations;
using Roundtable.Application.Profiles;
using Roundtable.Application.Webhooks;
using Roundtable.Infrastructure;
using Roundtable.Infrastructure.DataProtection;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Persistence;

namespace Roundtable.Api.Startup;

/// <summary>Registers the services of all layers.</summary>
internal static class ServiceSetup
{
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>How long active requests may take to finish after shutdown begins.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(30);

    /// <param name="serving">Whether requests and mail will be served, which has stricter settings than a command.</param>
    /// <param name="production">Whether development defaults are rejected then.</param>
    /// <returns>The file log options, in addition to standard output.</returns>
    /// <exception cref="ConfigurationException">Lists all problems with the settings.</exception>
    public static FileLogOptions AddRoundtable(this WebApplicationBuilder builder, bool secureCookie, bool serving, bool production)
    {
        SecretFiles.Add(builder.Configuration);
        var settings = new Settings(builder);
        settings.Add(SettingNames.Check(builder.Configuration));
        var (app, auth) = ReadSettings(builder, settings);
        var database = settings.Bind<DatabaseOptions>(DatabaseOptions.SectionName, SettingsRules.Check);
        var otlp = settings.Bind<OtlpOptions>(OtlpOptions.SectionName, SettingsRules.Check);
        var fileLog = settings.Bind<FileLogOptions>(FileLogOptions.SectionName, SettingsRules.Check);
        var keys = settings.Bind<KeyStorageOptions>(KeyStorageOptions.SectionName);
        settings.Try(() => builder.Services.AddInfrastructure(database, keys, builder.Configuration, builder.Environment));
        var email = settings.Read<EmailOptions>(EmailOptions.SectionName);
        settings.Add(serving ? MailProblems(builder, email) : []);
        settings.Add(serving && production ? ProductionRules.Enforce(builder.Configuration, app) : []);
        settings.ThrowIfAny();

        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
        builder.Services.Configure<HostOptions>(o =>
        {
            // Leases are released while requests still finish, not after them.
            o.ShutdownTimeout = ShutdownPatience;
            o.ServicesStopConcurrently = true;
        });
        builder
            .Services.AddApplication(builder.Configuration["AutoMapper:LicenseKey"])
            .AddSessions(auth, secureCookie)
            .AddSingleton<RateLimits>()
            .AddExceptionHandler<ExceptionMapping>()
            .AddProblemDetails()
            .AddApiDocument()
            .AddApi(app)
            .AddTelemetry(otlp)
            .AddHealth();
        return fileLog;
    }

    private static (AppOptions App, AuthOptions Auth) ReadSettings(WebApplicationBuilder builder, Settings settings)
    {
        var urls = builder.Configuration["Urls"]!.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var badUrls = SettingsRules.Check(urls).ToList();
        settings.Add(badUrls);
        var app = settings.Bind<AppOptions>(AppOptions.SectionName, a =>
        {
            // Derived from an invalid Urls, it would be invalid too; only Urls is reported.
            var isOwn = a.PublicUrl.Length > 0;
            a.PublicUrl = isOwn ? a.PublicUrl : urls.FirstOrDefault("");
            return SettingsRules.Check(a).Where(p => isOwn || badUrls.Count == 0 || p.Key != "App:PublicUrl");
        });
        var auth = settings.Bind<AuthOptions>(AuthOptions.SectionName, SettingsRules.Check);
        settings.Bind<ApiKeyOptions>(ApiKeyOptions.SectionName, SettingsRules.Check);
        settings.Bind<RateLimitOptions>(RateLimitOptions.SectionName, SettingsRules.Check);
        settings.Bind<AuditOptions>(AuditOptions.SectionName, SettingsRules.Check);
        settings.Bind<ProfileOptions>(ProfileOptions.SectionName, ProfileSettingsRules.Check);
        settings.Bind<CleanupOptions>(CleanupOptions.SectionName, SettingsRules.Check);
        settings.Bind<WebhookOptions>(WebhookOptions.SectionName, SettingsRules.Check);
        return (app, auth);
    }

    // Each failure begins with the key.
    private static IEnumerable<ConfigurationProblem> MailProblems(WebApplicationBuilder builder, EmailOptions email) =>
        (new EmailOptionsValidator(builder.Environment).Validate(null, email).Failures ?? [])
            .Select(f => f.Split(' ', 2))
            .Select(f => new ConfigurationProblem(f[0], f[1].TrimEnd('.')));

    private static IServiceCollection AddApi(this IServiceCollection services, AppOptions app)
    {
        services
            .AddControllers(o =>
            {
                o.ModelBinderProviders.Insert(0, new EnumNameBinder());
                o.ModelBinderProviders.Insert(0, new TimeBinder());
                o.Conventions.Add(new KnownQueryParameters());
                o.Filters.Add(new PathParameters());
                o.Filters.Add<RefusedRequests>();
                o.OutputFormatters.Insert(0, new GeneratedJsonFormatter());
                o.ModelMetadataDetailsProviders.Add(new SystemTextJsonValidationMetadataProvider());
                o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                o.InputFormatters.Clear();
                o.InputFormatters.Add(new JsonBodyFormatter());
            })
            .AddJsonOptions(o =>
            {
                JsonSetup.Configure(o.JsonSerializerOptions);
                JsonSetup.ConfigureReading(o.JsonSerializerOptions);
            })
            .ConfigureApiBehaviorOptions(o =>
            {
                o.InvalidModelStateResponseFactory = Validation.Respond;
                o.SuppressMapClientErrors = true;
            });
        services.Replace(ServiceDescriptor.Singleton<IObjectModelValidator, FieldValidator>());
        services.ConfigureHttpJsonOptions(o => JsonSetup.Configure(o.SerializerOptions));
        services.AddCors(o =>
            o.AddDefaultPolicy(p =>
                p.WithOrigins([.. app.TrustedOrigins.Select(t => t.TrimEnd('/'))])
                    .AllowCredentials()
                    .AllowAnyHeader()
                    .AllowAnyMethod()
                    .WithExposedHeaders(
                        "ETag",
                        "Location",
                        "Retry-After",
                        "RateLimit-Limit",
                        "RateLimit-Remaining",
                        "RateLimit-Reset",
                        RequestIds.Header
                    )
            )
        );
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
