using Microsoft.Net.Http.Headers;
using Roundtable.Api.Common;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Common;

namespace Roundtable.Api.Authentication;

/// <summary>Separates requests with a bearer token from those of browsers.</summary>
internal static class ApiKeyRequests
{
    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Removes the cookies of a request with a bearer token: whatever the token is worth, no cookie is read. Only therefore the check
    /// for requests of other sites does not apply to them.
    /// </summary>
    public static void UseBearerWithoutCookies(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (BearerToken.IsPresent(context.Request))
                {
                    context.Request.Headers.Remove(HeaderNames.Cookie);
                }

                return next(context);
            }
        );

    /// <summary>Rejects a token that is not a live key, also where no authentication is required, and keys where none is allowed.</summary>
    public static void UseApiKeyRules(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                !BearerToken.IsPresent(context.Request) ? next(context)
                : context.User.Caller() is not ApiKeyCaller ? RejectAsync(context)
                : context.GetEndpoint()?.Metadata.GetMetadata<AllowApiKeyAttribute>() is null
                    ? ApiProblems.WriteAsync(context, ApiProblems.From(ApiKeyErrors.NotWithKey, context))
                : next(context)
        );

    /// <summary>Marks a 401 as that of a token.</summary>
    public static void Challenge(HttpContext context) => context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";

    private static Task RejectAsync(HttpContext context)
    {
        Challenge(context);
        return ApiProblems.WriteAsync(context, ApiProblems.From(ApiKeyErrors.Invalid, context));
    }
}
