using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Rejects unsafe requests from pages of other sites, signed in or not. .NET 11 includes this check; until then, this class makes
/// the same decisions. A request with a bearer token passes: its cookies have been removed, and no page of another site knows a key.
/// </summary>
internal static class CsrfGuard
{
    public static void UseCsrfGuard(this IApplicationBuilder app)
    {
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<AppOptions>>().Value.Origins.ToFrozenSet(StringComparer.Ordinal);
        app.Use(
            (context, next) =>
                IsSafe(context.Request.Method) || BearerToken.IsPresent(context.Request) || IsOurs(context.Request, trusted)
                    ? next(context)
                    : ApiProblems.WriteAsync(
                        context,
                        ApiProblems.Create(context, "csrf_rejected", "The request comes from a page of another site that is not trusted.")
                    )
        );
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOurs(HttpRequest request, FrozenSet<string> trusted)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
        {
            return origin is [{ } value]
                && (trusted.Contains(value) || (value == $"{request.Scheme}://{request.Host}" && !FromElsewhere(request)));
        }

        return !FromElsewhere(request);
    }

    private static bool FromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
