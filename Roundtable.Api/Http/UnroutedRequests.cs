using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// Responds to unmatched requests before the fallback policy requires a session: an unknown path is 404 and a wrong method 405
/// for every caller.
/// </summary>
internal static class UnroutedRequests
{
    public static void UseUnroutedAnswers(this IApplicationBuilder app)
    {
        var passwords = app.ApplicationServices.GetRequiredService<IOptions<AuthOptions>>().Value.Password.Enabled;
        app.Use((context, next) => AnswerAsync(context, next, passwords));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, bool passwords)
    {
        if (
            context.GetEndpoint() is not { } endpoint
            || (!passwords && endpoint.Metadata.GetMetadata<PasswordFeatureAttribute>() is not null)
        )
        {
            await ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, StatusCodes.Status404NotFound));
        }
        else if (endpoint is not RouteEndpoint && endpoint.RequestDelegate is { } refuse)
        {
            // Routing's own endpoint for a wrong method: it sets the status and Allow.
            await refuse(context);
            if (context.Response.Headers.Allow.Any(a => a?.Contains(HttpMethods.Get, StringComparison.Ordinal) == true))
            {
                context.Response.Headers.Append(HeaderNames.Allow, HttpMethods.Head);
            }

            await ApiProblems.WriteAsync(context, ApiProblems.FromStatus(context, context.Response.StatusCode));
        }
        else
        {
            await next(context);
        }
    }
}
