using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;

namespace Roundtable.Api.RateLimiting;

/// <summary>Counts requests by who makes them, in this instance.</summary>
internal sealed class RateLimits(IOptions<RateLimitOptions> options) : IDisposable
{
    private const int Ipv6NetworkBytes = 8;

    private readonly PartitionedRateLimiter<string> api = Limiter(options.Value.Api);
    private readonly PartitionedRateLimiter<string> auth = Limiter(options.Value.Auth);
    private readonly PartitionedRateLimiter<string> export = Limiter(options.Value.Export);

    public bool Enabled => options.Value.Enabled;

    public (string Name, PartitionedRateLimiter<string> Limiter, string Key, int Permits) For(HttpContext context)
    {
        var address = AddressKey(context.Connection.RemoteIpAddress);
        var caller = context.User.CurrentSession() is { } session ? $"user:{session.UserId}" : address;
        var metadata = context.GetEndpoint()?.Metadata;
        return metadata switch
        {
            _ when metadata?.GetMetadata<AuthRateLimitAttribute>() is not null => ("auth", auth, address, options.Value.Auth.Permits),
            _ when metadata?.GetMetadata<ExportRateLimitAttribute>() is not null => ("export", export, caller, options.Value.Export.Permits),
            _ => ("api", api, caller, options.Value.Api.Permits),
        };
    }

    public void Dispose()
    {
        api.Dispose();
        auth.Dispose();
        export.Dispose();
    }

    // A customer holds at least a /64 of IPv6, so that is what counts as one; without an address all share one bucket.
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

    private static PartitionedRateLimiter<string> Limiter(RateLimitOptions.RateLimit limit) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(
            key,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = limit.Permits, Window = limit.Window, QueueLimit = 0, AutoReplenishment = true }),
        StringComparer.Ordinal);
}
