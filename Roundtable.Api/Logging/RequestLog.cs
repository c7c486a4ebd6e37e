using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Roundtable.Api.Authentication;

namespace Roundtable.Api.Logging;

/// <summary>One line a request. The route's template stands for the path, which may hold what no log should.</summary>
internal static class RequestLog
{
    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Roundtable.Requests");
        app.Use(async (context, next) =>
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                ApiLog.Request(
                    logger,
                    "system",
                    context.Request.Method,
                    RouteOf(context),
                    context.Response.StatusCode,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                    context.TraceIdentifier,
                    context.User.CurrentSession()?.UserId);
            }
        });
    }

    // After an exception the endpoint stands in the feature only.
    private static string RouteOf(HttpContext context) =>
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
}
