using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Roundtable.Api.Authentication;

namespace Roundtable.Api.OpenApi;

/// <summary>What concerns the document as a whole.</summary>
internal static class DocumentRules
{
    public const string SessionScheme = "session";

    private const string Description = """
        Accounts, sessions and their administration.

        - **Success** is `{ "success": true, "data": …, "meta": { "requestId", "timestamp" } }`; some actions answer 204 with nothing.
        - **Errors** are problem documents (RFC 9457, `application/problem+json`); branch on `code`.
        - **Lists** go on with `cursor`: pass the `nextCursor` of the piece before.
        - **Signing in** sets an `HttpOnly` cookie. Browsers send it by themselves; unsafe requests from pages of other sites are refused.
        - **Times** are ISO 8601 in UTC; **ids** are opaque and sort by creation.
        """;

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo { Title = "Roundtable API", Version = ApiDocument.Name, Description = Description };

        // The framework puts the host of whoever asks here; without any, clients call where the document came from.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SessionScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description = $"The session cookie that signing in sets. Over HTTPS its name is `__Host-{SessionCookie.Name}`.",
            },
        };
        ResponseHeaders.Describe(document.Components);
        document.Components.Examples = Sorted(document.Components.Examples);
        document.Tags = Tags(context);
        var paths = document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        document.Paths.Clear();
        paths.ForEach(p => document.Paths.Add(p.Key, p.Value));
        return Task.CompletedTask;
    }

    private static SortedDictionary<string, T> Sorted<T>(IDictionary<string, T>? values) => new(values ?? new Dictionary<string, T>(), StringComparer.Ordinal);

    /// <summary>A tag is a controller's subject, or that of several: their summaries describe it. What is for everybody comes first.</summary>
    private static HashSet<OpenApiTag> Tags(OpenApiDocumentTransformerContext context) => context.DescriptionGroups
        .SelectMany(g => g.Items)
        .Where(d => d.ActionDescriptor is ControllerActionDescriptor)
        .GroupBy(d => EndpointFacts.Of(d).Tag)
        .OrderBy(g => g.All(d => d.RelativePath!.Contains("/admin/", StringComparison.Ordinal)))
        .ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new OpenApiTag
        {
            Name = g.Key,
            Description = string.Join(' ', g.Select(d => ((ControllerActionDescriptor)d.ActionDescriptor).ControllerTypeInfo).Distinct().OrderBy(c => c.Name, StringComparer.Ordinal).Select(XmlSummaries.Of).OfType<string>()),
        })
        .ToHashSet();
}
