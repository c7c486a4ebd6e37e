using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Api.Authentication;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>An endpoint as registered in the application.</summary>
public sealed record ApiEndpoint(
    string Method,
    string Template,
    string? Permission,
    IReadOnlyList<string>? AnyOf,
    bool Anonymous,
    bool NotWhileImpersonating,
    bool Csv
)
{
    public bool IsAdministration => Template.StartsWith("api/v1/admin", StringComparison.Ordinal);

    /// <summary>The path, with names that do not exist.</summary>
    public string Path =>
        '/'
        + Template
            .Replace("{id}", new string('0', 32), StringComparison.Ordinal)
            .Replace("{name}", "nobodys-role", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Template}";

    /// <summary>Whether a user with only these permissions may call it.</summary>
    public bool IsOpenTo(IReadOnlySet<string> permissions) =>
        Permission is not null ? permissions.Contains(Permission) : AnyOf?.Any(permissions.Contains) ?? true;

    public static IReadOnlyList<ApiEndpoint> All(TestApp app) =>
        [
            .. from source in app.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select new ApiEndpoint(
                method,
                endpoint.RoutePattern.RawText!.TrimStart('/'),
                endpoint.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission,
                endpoint.Metadata.GetMetadata<RequireAnyPermissionAttribute>()?.AnyOf,
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.Metadata.GetMetadata<NotWhileImpersonatingAttribute>() is not null,
                endpoint.RoutePattern.RawText.EndsWith("/import", StringComparison.Ordinal)
            ),
        ];

    /// <summary>Calls the endpoint with an invalid body, if it takes one: only authorization matters.</summary>
    public Task<Answer> CallAsync(Browser browser) =>
        browser.SendAsync(
            new HttpMethod(Method),
            Path,
            Csv ? Wire.Body("nonsense\n", "text/csv")
                : Method is "GET" or "DELETE" or "HEAD" ? null
                : "{\"nonsense\":true}"
        );
}
