using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Roundtable.Application.Operations;
using Roundtable.Infrastructure.Operations;

namespace Roundtable.Api.Operations;

/// <summary>Exports traces and metrics to a collector, if one is configured.</summary>
internal static class TelemetrySetup
{
    private static readonly string[] Sources = [StatementTimes.SourceName, "Microsoft.AspNetCore", "System.Net.Http"];

    private static readonly string[] Meters =
    [
        RoundtableMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Identity",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http",
        "System.Runtime",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, OtlpOptions options)
    {
        if (string.IsNullOrEmpty(options.Endpoint))
        {
            return services;
        }

        return services.AddHostedService(provider => new TelemetryExport(() => Traces(options), () => Metrics(options)));
    }

    /// <summary>Sets the name, route and status of each request's span; .NET 10 does not set them.</summary>
    public static void UseRequestSpans(this WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Services.GetRequiredService<IOptions<OtlpOptions>>().Value.Endpoint))
        {
            return;
        }

        app.Use(
            async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    Describe(context);
                }
            }
        );
    }

    private static void Describe(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            return;
        }

        // After an exception the endpoint is only in the feature. Uses the template, never the path.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method)
            .SetTag("http.route", route)
            .SetTag("http.response.status_code", context.Response.StatusCode);
    }

    private static TracerProvider Traces(OtlpOptions options) =>
        Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource(options))
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
            .AddSource(Sources)
            .AddProcessor(new TagScrubber())
            .AddOtlpExporter(e => Configure(e, options, "v1/traces"))
            .Build();

    private static MeterProvider Metrics(OtlpOptions options) =>
        Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(options))
            .AddMeter(Meters)
            .AddOtlpExporter(
                (e, reader) =>
                {
                    Configure(e, options, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
                }
            )
            .Build();

    private static ResourceBuilder Resource(OtlpOptions options) =>
        ResourceBuilder
            .CreateDefault()
            .AddService(
                options.ServiceName,
                serviceVersion: typeof(TelemetrySetup)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                    .InformationalVersion.Split('+')[0]
            );

    private static void Configure(OtlpExporterOptions exporter, OtlpOptions options, string path)
    {
        var isGrpc = options.Protocol == OtlpProtocol.Grpc;
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An endpoint set in code is used as it is, so it must include the path of each signal.
        exporter.Endpoint = new Uri(isGrpc ? options.Endpoint! : $"{options.Endpoint!.TrimEnd('/')}/{path}");
        exporter.Headers = options.Headers;
    }

    /// <summary>Removes tags that can contain an address, a token pasted into a path, or a person's device.</summary>
    private sealed class TagScrubber : BaseProcessor<Activity>
    {
        private static readonly string[] Personal =
        [
            "url.path",
            "url.query",
            "url.full",
            "http.target",
            "http.url",
            "client.address",
            "client.port",
            "network.peer.address",
            "network.peer.port",
            "user_agent.original",
        ];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Personal)
            {
                data.SetTag(tag, null);
            }
        }
    }
}

/// <summary>Starts collecting with the program and flushes when it stops.</summary>
internal sealed class TelemetryExport(Func<TracerProvider> traces, Func<MeterProvider> metrics) : IHostedService, IDisposable
{
    private TracerProvider? tracing;
    private MeterProvider? metering;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        (tracing, metering) = (traces(), metrics());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Disposing flushes; it happens after everything else has stopped.
    public void Dispose()
    {
        metering?.Dispose();
        tracing?.Dispose();
    }
}
