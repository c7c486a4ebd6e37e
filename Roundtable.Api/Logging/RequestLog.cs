using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Domain.Common;

namespace Roundtable.Api.Logging;

/// <summary>
/// Logs one line per request and one for its operation, including rejected and failed ones. Logs the route template instead of
/// the path, which may contain sensitive data.
/// </summary>
internal static class RequestLog
{
    private const string Succeeded = "succeeded";

    private static readonly object SignedInItem = new();

    /// <summary>Records the user who signed in with this request, which had no session at first.</summary>
    public static void SignedIn(HttpContext context, string userId) => context.Items[SignedInItem] = userId;

    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Roundtable.Requests");
        app.Use(
            async (context, next) =>
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    await next(context);
                }
                finally
                {
                    Write(logger, context, Stopwatch.GetElapsedTime(started));
                }
            }
        );
    }

    private static void Write(ILogger logger, HttpContext context, TimeSpan duration)
    {
        // After an exception the endpoint and its route values are only in the feature.
        var failed = context.Features.Get<IExceptionHandlerFeature>();
        var endpoint = context.GetEndpoint() ?? failed?.Endpoint;
        var userId = context.Items[SignedInItem] as string ?? context.User.Caller()?.PrincipalId;
        if (endpoint?.Metadata.GetMetadata<OperationAttribute>() is { } operation)
        {
            // Only valid ids: users paste addresses and worse into a path.
            var given = (context.GetRouteValue("id") ?? failed?.RouteValues?["id"]) as string;
            ApiLog.Operation(
                logger,
                operation.LogType,
                operation.Name,
                ApiProblems.CodeOf(context) ?? Succeeded,
                userId,
                EntityId.IsValid(given) ? given : null,
                context.TraceIdentifier
            );
        }

        ApiLog.Request(
            logger,
            "system",
            context.Request.Method,
            (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)",
            context.Response.StatusCode,
            duration.TotalMilliseconds,
            context.TraceIdentifier,
            userId
        );
    }
}
