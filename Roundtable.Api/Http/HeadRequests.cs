namespace Roundtable.Api.Http;

/// <summary>
/// Makes every GET endpoint answer HEAD by treating it as a GET for routing and endpoints. Kestrel keeps the original method and
/// sends no body.
/// </summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (!HttpMethods.IsHead(context.Request.Method))
                {
                    await next(context);
                    return;
                }

                context.Items[typeof(HeadRequests)] = true;
                context.Request.Method = HttpMethods.Get;
                try
                {
                    await next(context);
                }
                finally
                {
                    // Restored for the log.
                    context.Request.Method = HttpMethods.Head;
                }
            }
        );

    /// <summary>Whether the response body is discarded.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(typeof(HeadRequests));
}
