namespace Roundtable.Api.Telemetry;

/// <summary>Where traces and metrics go.</summary>
public sealed class OtlpOptions
{
    public const string SectionName = "Otlp";

    /// <summary>
    /// An OpenTelemetry collector, such as <c>http://localhost:4318</c> (HTTP) or <c>http://localhost:4317</c> (gRPC). Default: none,
    /// nothing is collected.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>How to talk to it: <c>HttpProtobuf</c> or <c>Grpc</c>. Default: <c>HttpProtobuf</c>.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>
    /// Headers to send along, as <c>name=value,name=value</c>: what collectors ask for as a key. A secret. Default: none.
    /// </summary>
    public string? Headers { get; set; }

    /// <summary>What this program is called there. Default: <c>roundtable</c>.</summary>
    public string ServiceName { get; set; } = "roundtable";

    /// <summary>How often metrics are collected and sent, 1 second to 1 hour. Default: 1 minute.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Of how many requests traces are sent, from 0 (none) to 1 (all). Default: 1.</summary>
    public double TraceRatio { get; set; } = 1;
}

/// <summary>How to talk to a collector.</summary>
public enum OtlpProtocol
{
    HttpProtobuf,
    Grpc,
}
