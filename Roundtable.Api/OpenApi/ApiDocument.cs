using Namotion.Reflection;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using Roundtable.Api.Authentication;
using Roundtable.Application.ApiKeys;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Configures the API document: NSwag reads it from the code; the processors and type mappers listed here add what NSwag cannot
/// know.
/// </summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Path = $"/openapi/{Name}.json";
    public const string SessionScheme = "session";
    public const string ApiKeyScheme = "apiKey";

    private const string Description = """
        Accounts, sessions and their administration.

        - **Success** is `{ "success": true, "data": …, "meta": { "requestId", "timestamp" } }`; some actions answer 204 with nothing.
        - **Errors** are problem documents (RFC 9457, `application/problem+json`); branch on `code`.
        - **Lists** are paginated: pass the `nextCursor` of the previous page as `cursor`.
        - **Signing in** sets an `HttpOnly` cookie. Browsers send it automatically; unsafe requests from pages of other sites are rejected.
        - **Programs** send an API key as `Authorization: Bearer …`; each operation says which scope the key needs.
        - **Times** are ISO 8601 in UTC; **ids** are opaque and sort by creation.
        """;

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddSingleton<ApiDocumentJson>().AddOpenApiDocument(Configure);

    public static void MapApiDocument(this WebApplication app)
    {
        // Not UseOpenApi: it writes the first caller's host, or the one in X-Forwarded-Host, into every caller's document.
        app.MapGet(Path, async (ApiDocumentJson document) => Results.Bytes(await document.GetAsync(), "application/json; charset=utf-8"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapApiPage();
    }

    private static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings document)
    {
        document.DocumentName = Name;
        document.Title = "Roundtable API";
        document.Version = Name;
        document.Description = Description.ReplaceLineEndings("\n");
        document.GenerateOriginalParameterNames = false;
        document.AddOperationFilter(c => c.OperationDescription.Path.StartsWith("/api/", StringComparison.Ordinal));
        document.AddSecurity(
            SessionScheme,
            new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.ApiKey,
                In = OpenApiSecurityApiKeyLocation.Cookie,
                Name = SessionCookie.Name,
                Description = $"The session cookie that signing in sets. Over HTTPS its name is `__Host-{SessionCookie.Name}`.",
            }
        );
        document.AddSecurity(
            ApiKeyScheme,
            new OpenApiSecurityScheme
            {
                Type = OpenApiSecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    $"An API key of a user (`{ApiKeySecrets.UserPrefix}…`) or of a service account (`{ApiKeySecrets.ServicePrefix}…`).",
            }
        );
        Configure(document.SchemaSettings);
        foreach (
            var processor in (IOperationProcessor[])
                [new OperationNeeds(), new Parameters(), new Bodies(), new SuccessAnswers(), new ErrorAnswers(), new ResponseHeaders()]
        )
        {
            document.OperationProcessors.Add(processor);
        }

        document.DocumentProcessors.Add(new Tags());
        document.DocumentProcessors.Add(new Examples());
        document.DocumentProcessors.Add(new Layout());
    }

    private static void Configure(JsonSchemaGeneratorSettings schemas)
    {
        schemas.SchemaNameGenerator = new SchemaNames();
        schemas.XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown;
        // Only the files next to the program: those of an SDK would make the document depend on the machine.
        schemas.ResolveExternalXmlDocumentation = false;
        // Nullable annotations are enabled everywhere; only generic type arguments carry none.
        schemas.DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull;
        // As the serializer writes it: inherited members next to a class's own.
        schemas.FlattenInheritanceHierarchy = true;
        schemas.SchemaProcessors.Add(new MemberRules());
        foreach (var mapper in ValueTypes.All)
        {
            schemas.TypeMappers.Add(mapper);
        }
    }
}
