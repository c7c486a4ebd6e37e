using Microsoft.Extensions.Options;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Http;

/// <summary>Refuses requests for hosts that are not ours, so that no <c>Host</c> header ends up in a link, a cache or a log as our own.</summary>
internal static class HostGuard
{
    public static void UseHostGuard(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<IOptions<AppOptions>>().Value.Origins
            .Select(o => new Uri(o))
            .Select(u => u.IsDefaultPort ? new HostString(u.Host) : new HostString(u.Host, u.Port))
            .ToHashSet();
        app.Use((context, next) => hosts.Contains(WithoutDefaultPort(context.Request)) || context.Request.Path.StartsWithSegments("/health")
            ? next(context)
            : ApiProblems.WriteAsync(
                context, ApiProblems.Create(context, "bad_request", "This host is not served here.")));
    }

    private static HostString WithoutDefaultPort(HttpRequest request) => request.Host.Port is 80 or 443 ? new HostString(request.Host.Host) : request.Host;
}
