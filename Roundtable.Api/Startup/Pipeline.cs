using Microsoft.Extensions.Options;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Email;
using Roundtable.Api.Http;
using Roundtable.Api.Logging;
using Roundtable.Api.OpenApi;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Application.Common;

namespace Roundtable.Api.Startup;

/// <summary>The order of the middleware. Each component relies on those before it.</summary>
internal static class Pipeline
{
    public static void UseRoundtable(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AppOptions>>().Value.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UsePublicPath();
        app.UseRequestSpans();
        app.UseRequestIds();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseRequestBodies();
        app.UseHostGuard();
        app.UseWhen(ApiKeyRequests.IsApi, api =>
            api.UseStatusCodePages(c =>
                ApiProblems.WriteAsync(c.HttpContext, ApiProblems.FromStatus(c.HttpContext, c.HttpContext.Response.StatusCode))
            )
        );
        app.UseDashboard();
        app.UseHeadRequests();
        app.UseRouting();
        app.UseCors();
        app.UseUnroutedAnswers();
        app.UseWhen(ApiKeyRequests.IsApi, api =>
        {
            api.UseBearerWithoutCookies();
            api.UseCsrfGuard();
        });
        app.UseUnroutedPages();
        app.UseAuthentication();
        app.UseWhen(ApiKeyRequests.IsApi, api =>
        {
            api.UseRateLimits();
            api.UseApiKeyRules();
            api.UseExpectedUser();
        });
        app.UseAuthorization();
        app.UseWhen(ApiKeyRequests.IsApi, api => api.UseMediaTypeGuard());
        app.MapControllers();
        app.MapHealth();
        app.MapApiDocument();
        app.MapDevelopmentMails();
    }
}
