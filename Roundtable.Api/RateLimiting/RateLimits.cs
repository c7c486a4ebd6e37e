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

    public bool Enabled => options.Value.Enabled;

    public (PartitionedRateLimiter<string> Limiter, string Key, int Permits) For(HttpContext context, bool isAuth) => isAuth
        ? (auth, AddressKey(context.Connection.RemoteIpAddress), options.Value.Auth.Permits)
        : (api, context.User.CurrentSession() is { } session ? $"user:{session.UserId}" : AddressKey(context.Connection.RemoteIpAddress), options.Value.Api.Permits);

    public void Dispose()
    {
        api.Dispose();
        auth.Dispose();
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
