using System.Globalization;
using System.Threading.RateLimiting;
using Roundtable.Api.Common;
using Roundtable.Application.Telemetry;

namespace Roundtable.Api.RateLimiting;

/// <summary>An endpoint that guesses of secrets or floods of mail go through: counted by address, together with its like.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuthRateLimitAttribute : Attribute;

/// <summary>An endpoint that reads without bound: counted by user, apart from everything else.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExportRateLimitAttribute : Attribute;

/// <summary>
/// Refuses requests past the limit. Counts by endpoint metadata, never by path: however an address is spelt, the counter is the same.
/// </summary>
internal static class RateLimitMiddleware
{
    public static void UseRateLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RateLimits>();
        if (limits.Enabled)
        {
            app.Use((context, next) => LimitAsync(limits, context, next));
        }
    }

    private static async Task LimitAsync(RateLimits limits, HttpContext context, RequestDelegate next)
    {
        var (name, limiter, key, permits) = limits.For(context);
        using var lease = limiter.AttemptAcquire(key);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = permits.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = (limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0).ToString(CultureInfo.InvariantCulture);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        context.RequestServices.GetRequiredService<RoundtableMetrics>().Refusal(name);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        headers.RetryAfter = headers["RateLimit-Reset"] = wait.ToString(CultureInfo.InvariantCulture);
        await ApiProblems.WriteAsync(
            context,
            ApiProblems.Create(context, "rate_limited", $"Too many requests. Try again in {wait} seconds.")
        );
    }
}
