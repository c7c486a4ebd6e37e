using System.Globalization;
using System.Threading.RateLimiting;
using Roundtable.Api.Common;
using Roundtable.Application.Operations;

namespace Roundtable.Api.RateLimiting;

/// <summary>Limits an endpoint that is open to brute force or mail flooding. All such endpoints share one limit per IP address.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuthRateLimitAttribute : Attribute;

/// <summary>Limits an endpoint with unbounded reads, per user and separately from all others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExportRateLimitAttribute : Attribute;

/// <summary>Limits an endpoint that stores files, per user and separately from all others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UploadRateLimitAttribute : Attribute;

/// <summary>Limits an endpoint for pictures, which a list requests by the dozen, per user and separately from all others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PictureRateLimitAttribute : Attribute;

/// <summary>
/// Rejects requests over the limit. Counts by endpoint metadata, never by path, so that the spelling of a URL does not matter.
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
