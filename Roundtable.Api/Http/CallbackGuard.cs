using Roundtable.Api.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Answers 405 to every method but GET at the callbacks of external providers: they run before routing, and a HEAD or POST must not use up
/// a state.
/// </summary>
internal static class CallbackGuard
{
    public static void UseCallbackGuard(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (HttpMethods.IsGet(context.Request.Method) || !IsCallback(context.Request.Path))
                {
                    return next(context);
                }

                context.Response.Headers.Allow = HttpMethods.Get;
                return ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, StatusCodes.Status405MethodNotAllowed));
            }
        );

    private static bool IsCallback(PathString path) =>
        path.StartsWithSegments("/api/v1/auth/external", StringComparison.OrdinalIgnoreCase, out var rest)
        && rest.Value!.TrimEnd('/').EndsWith("/callback", StringComparison.OrdinalIgnoreCase);
}
