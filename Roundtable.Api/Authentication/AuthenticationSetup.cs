using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Roundtable.Api.ExternalLogins;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Authentication;

internal static class AuthenticationSetup
{
    private const string BearerOrCookie = "BearerOrCookie";

    /// <summary>
    /// Registers API keys, Identity's cookie, our session check, a fallback policy that requires a session, and one policy per permission.
    /// </summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, AuthOptions auth, bool secureCookie)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(new CookieSecurity(secureCookie));
        services.TryAddScoped<IRequestContext, RequestContext>();
        services.TryAddScoped<IRequestRights, RequestRights>();
        services.TryAddScoped<SessionCookieEvents>();
        services.TryAddScoped<SessionTouch>();
        services
            .AddAuthentication(o =>
            {
                o.DefaultScheme = IdentityConstants.ApplicationScheme;
                o.DefaultAuthenticateScheme = BearerOrCookie;
            })
            .AddPolicyScheme(BearerOrCookie, null, o =>
                o.ForwardDefaultSelector = http =>
                    BearerToken.IsPresent(http.Request) ? ApiKeyHandler.SchemeName : IdentityConstants.ApplicationScheme
            )
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddCookie(IdentityConstants.ApplicationScheme, o => Configure(o, secureCookie))
            .AddExternalProviders(auth, secureCookie);
        new IdentityBuilder(typeof(User), typeof(Role), services).AddSignInManager<RoundtableSignInManager>();
        services.TryAddScoped(s => (RoundtableSignInManager)s.GetRequiredService<SignInManager<User>>());
        var authorization = services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(permission, p => p.AddRequirements(new RequirePermissionAttribute(permission)));
        }

        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthorizationHandler, CallerRequirementHandler>());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        return services;
    }

    private static void Configure(CookieAuthenticationOptions options, bool secure)
    {
        options.EventsType = typeof(SessionCookieEvents);
        options.TicketDataFormat = new SessionTicketFormat();
        options.Cookie.Name = secure ? $"__Host-{SessionCookie.Name}" : SessionCookie.Name;
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.Cookie.IsEssential = true;
    }
}
