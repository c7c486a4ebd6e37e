namespace Roundtable.Api.Operations;

/// <summary>The export of traces and metrics.</summary>
public sealed class OtlpOptions
{
    public const string SectionName = "Otlp";

    /// <summary>
    /// The URL of an OpenTelemetry collector, such as <c>http://localhost:4318</c> (HTTP) or <c>http://localhost:4317</c> (gRPC).
    /// Default: none, nothing is collected.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>The protocol: <c>HttpProtobuf</c> or <c>Grpc</c>. Default: <c>HttpProtobuf</c>.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>Request headers, as <c>name=value,name=value</c>, such as the collector's API key. A secret. Default: none.</summary>
    public string? Headers { get; set; }

    /// <summary>The service name in telemetry. Default: <c>roundtable</c>.</summary>
    public string ServiceName { get; set; } = "roundtable";

    /// <summary>The interval at which metrics are collected and sent, 1 second to 1 hour. Default: 1 minute.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The fraction of requests that are traced, from 0 (none) to 1 (all). Default: 1.</summary>
    public double TraceRatio { get; set; } = 1;
}

/// <summary>The protocol of a collector.</summary>
public enum OtlpProtocol
{
    HttpProtobuf,
    Grpc,
}
