using System.Diagnostics;
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
                    (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)",
                    context.Response.StatusCode,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                    context.TraceIdentifier,
                    context.User.CurrentSession()?.UserId);
            }
        });
    }
}
