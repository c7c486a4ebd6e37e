namespace Roundtable.Api.Http;

/// <summary>
/// Every GET answers HEAD: from here on it is a GET, which routing and endpoints know. Kestrel keeps the method that came, and sends no
/// body.
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
                    // For the log.
                    context.Request.Method = HttpMethods.Head;
                }
            }
        );

    /// <summary>Whether the answer's body goes nowhere.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(typeof(HeadRequests));
}
