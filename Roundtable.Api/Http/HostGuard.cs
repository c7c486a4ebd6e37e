using System.Net;
using Microsoft.Extensions.Options;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Rejects requests for other hosts, so that no foreign <c>Host</c> header ends up in a link, a cache or a log, and no web page
/// reaches a developer's machine through a domain that resolves to it (DNS rebinding).
/// </summary>
internal static class HostGuard
{
    public static void UseHostGuard(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AppOptions>>().Value;
        var isServed = app.Environment.IsDevelopment() ? InDevelopment(options) : InProduction(options);
        app.Use(
            (context, next) =>
                isServed(context.Request.Host) || context.Request.Path.StartsWithSegments("/health")
                    ? next(context)
                    : ApiProblems.WriteAsync(context, ApiProblems.Create(context, "bad_request", "This host is not served here."))
        );
    }

    private static Func<HostString, bool> InProduction(AppOptions options)
    {
        var hosts = options
            .Origins.Select(o => new Uri(o))
            .Select(u => u.IsDefaultPort ? new HostString(u.Host) : new HostString(u.Host, u.Port))
            .ToHashSet();
        return host => hosts.Contains(host.Port is 80 or 443 ? new HostString(host.Host) : host);
    }

    // On any port, because development servers proxy to it.
    private static Func<HostString, bool> InDevelopment(AppOptions options)
    {
        var own = new Uri(options.PublicUrl).Host;
        return host => IsLoopback(host.Host) || string.Equals(host.Host, own, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
