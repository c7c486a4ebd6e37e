using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Api.Authentication;
using Roundtable.Api.RateLimiting;
using Roundtable.Tests.Pictures;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Roles;

/// <summary>An endpoint that needs a session and writes, with its example body from the API document.</summary>
internal sealed record WritingEndpoint(
    string Method,
    string Template,
    bool NeedsPermission,
    bool NeedsFreshness,
    byte[]? Body,
    string MediaType
)
{
    public bool IsAdministration => Template.StartsWith("api/v1/admin/", StringComparison.Ordinal);

    /// <summary>Includes exports: they are audited.</summary>
    public static async Task<IReadOnlyList<WritingEndpoint>> AllAsync(TestApp app)
    {
        using var browser = app.NewBrowser();
        var document = (await browser.RawAsync(HttpMethod.Get, "/openapi/v1.json")).ShouldSucceed().Json["paths"]!;
        return
        [
            .. from source in app.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            where
                endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            where
                method is not ("GET" or "HEAD")
                || (method is "GET" && endpoint.Metadata.GetMetadata<ExportRateLimitAttribute>() is not null)
            let template = endpoint.RoutePattern.RawText!.TrimStart('/')
            // It writes nothing; the callback, which does, checks the session in its transaction.
            where $"{method} {template}" != "POST api/v1/users/me/logins/{name}"
            select Of(
                method,
                template,
                endpoint.Metadata,
                document[$"/{template}"]?[method.ToLowerInvariant()]?["requestBody"]?["content"]?.AsObject()
            ),
        ];
    }

    /// <summary>The path for an entity's ID; null for one that does not exist.</summary>
    public string PathOf(string? id) =>
        "/"
        + Template
            .Replace("{id}", id ?? new string('0', 32), StringComparison.Ordinal)
            .Replace("{name}", "some-role", StringComparison.Ordinal)
        + (ToString() == "DELETE api/v1/admin/sessions" ? "?all=true" : "");

    public HttpContent? Content() => Body is null ? null : Wire.Body(Body, MediaType);

    public Task<Answer> CallAsync(Browser browser, string? id = null) => browser.SendAsync(new HttpMethod(Method), PathOf(id), Content());

    public override string ToString() => $"{Method} {Template}";

    private static WritingEndpoint Of(string method, string template, EndpointMetadataCollection metadata, JsonObject? content)
    {
        var (body, type) =
            content is null ? (null, "application/json")
            : content.ContainsKey("text/csv") ? ("email\nimported@example.com\n"u8.ToArray(), "text/csv")
            : content.ContainsKey("image/png") ? (PictureFiles.Png, "image/png")
            : (Encoding.UTF8.GetBytes(BodyOf(template, content)), "application/json");
        return new WritingEndpoint(
            method,
            template,
            metadata.GetMetadata<RequirePermissionAttribute>() is not null
                || metadata.GetMetadata<RequireAnyPermissionAttribute>() is not null,
            metadata.GetMetadata<RequireFreshSessionAttribute>() is not null,
            body,
            type
        );
    }

    private static string BodyOf(string template, JsonObject content)
    {
        if (template.EndsWith("users/bulk", StringComparison.Ordinal))
        {
            // The example bans until a date in the past.
            return $$"""{"action":"unban","ids":["{{new string('0', 32)}}"]}""";
        }

        if (template.EndsWith("users/bulk/matching", StringComparison.Ordinal))
        {
            return """{"action":"unban","expected":0}""";
        }

        var example = content["application/json"]!["example"]!.DeepClone().AsObject();

        // Removes another installation's fields and one of two ways to present the current factor.
        example.Remove("extra");
        if (example.ContainsKey("code"))
        {
            example.Remove("recoveryCode");
        }

        return example.ToJsonString();
    }
}
