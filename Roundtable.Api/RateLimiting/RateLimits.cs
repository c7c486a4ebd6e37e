using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Application.Common;

namespace Roundtable.Api.RateLimiting;

/// <summary>Counts requests per caller, in this instance.</summary>
internal sealed class RateLimits(IOptions<RateLimitOptions> options) : IDisposable
{
    private const int Ipv6NetworkBytes = 8;
    private const int Ipv6SiteDigits = 12;

    /// <summary>The multiple of one IPv6 network's limit that all networks of a site share.</summary>
    private const int SiteFactor = 4;

    private readonly PartitionedRateLimiter<string> api = Limiter(options.Value.Api);
    private readonly PartitionedRateLimiter<string> auth = Limiter(options.Value.Auth);
    private readonly PartitionedRateLimiter<string> export = Limiter(options.Value.Export);
    private readonly PartitionedRateLimiter<string> upload = Limiter(options.Value.Upload);
    private readonly PartitionedRateLimiter<string> picture = Limiter(options.Value.Picture);
    private readonly PartitionedRateLimiter<string> apiKey = Limiter(options.Value.ApiKey);

    public bool Enabled => options.Value.Enabled;

    public (string Name, PartitionedRateLimiter<string> Limiter, string Key, int Permits) For(HttpContext context)
    {
        var address = AddressKey(context.Connection.RemoteIpAddress);
        var known = context.User.Caller();
        var caller = known is null ? address : $"user:{known.PrincipalId}";
        var metadata = context.GetEndpoint()?.Metadata;
        var ofKey = known as ApiKeyCaller;
        return metadata switch
        {
            // What is refused by the key itself counts neither as a sign-in nor as an export.
            _ when ofKey is null && BearerToken.IsPresent(context.Request) => ("api", api, address, options.Value.Api.Permits),
            _ when ofKey is not null && metadata?.GetMetadata<AllowApiKeyAttribute>() is null => OfKey(ofKey),
            _ when metadata?.GetMetadata<AuthRateLimitAttribute>() is not null => ("auth", auth, address, options.Value.Auth.Permits),
            _ when metadata?.GetMetadata<ExportRateLimitAttribute>() is not null => (
                "export",
                export,
                caller,
                options.Value.Export.Permits
            ),
            _ when metadata?.GetMetadata<UploadRateLimitAttribute>() is not null => (
                "upload",
                upload,
                caller,
                options.Value.Upload.Permits
            ),
            _ when ofKey is not null => OfKey(ofKey),
            _ when known is not null && metadata?.GetMetadata<PictureRateLimitAttribute>() is not null => (
                "picture",
                picture,
                caller,
                options.Value.Picture.Permits
            ),
            _ => ("api", api, caller, options.Value.Api.Permits),
        };
    }

    private (string Name, PartitionedRateLimiter<string> Limiter, string Key, int Permits) OfKey(ApiKeyCaller caller) =>
        ("apiKey", apiKey, $"key:{caller.KeyId}", options.Value.ApiKey.Permits);

    public void Dispose()
    {
        api.Dispose();
        auth.Dispose();
        export.Dispose();
        upload.Dispose();
        picture.Dispose();
        apiKey.Dispose();
    }

    // A customer holds at least an IPv6 /64, so it counts as one client; requests without an address share one bucket.
    internal static string AddressKey(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes))
            : address.ToString();
    }

    // Some customers hold a /48, which is 65,536 networks: their combined requests are limited too.
    private static PartitionedRateLimiter<string> Limiter(RateLimitOptions.RateLimit limit) =>
        PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(key => Partition(key, limit.Permits, limit.Window), StringComparer.Ordinal),
            PartitionedRateLimiter.Create<string, string>(
                key =>
                    IsIpv6Network(key)
                        ? Partition(key[..Ipv6SiteDigits], SiteFactor * limit.Permits, limit.Window)
                        : RateLimitPartition.GetNoLimiter(""),
                StringComparer.Ordinal
            )
        );

    private static bool IsIpv6Network(string key) => key.Length == 2 * Ipv6NetworkBytes && key.All(char.IsAsciiHexDigit);

    private static RateLimitPartition<string> Partition(string key, int permits, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            QueueLimit = 0,
            AutoReplenishment = true,
        });
}
