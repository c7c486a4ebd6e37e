using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>The API's document, made from the code and served to everybody.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Path = $"/openapi/{Name}.json";

    // 3.0 and not 3.1: every generator and every tool reads it.
    public const OpenApiSpecVersion Version = OpenApiSpecVersion.OpenApi3_0;

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .AddSingleton<ApiDocumentJson>()
        .AddOpenApi(Name, o =>
        {
            o.OpenApiVersion = Version;
            o.ShouldInclude = d => d.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            o.CreateSchemaReferenceId = SchemaNames.Of;
            o.AddSchemaTransformer(SchemaRules.ApplyAsync);
            o.AddOperationTransformer(OperationRules.ApplyAsync);
            o.AddOperationTransformer(ErrorAnswers.ApplyAsync);
            o.AddDocumentTransformer(DocumentRules.ApplyAsync);
            o.AddDocumentTransformer(Nullability.ApplyAsync);
            o.AddDocumentTransformer(ResponseMembers.ApplyAsync);
            o.AddDocumentTransformer(Examples.ApplyAsync);
        });

    public static void MapApiDocument(this WebApplication app)
    {
        // Not MapOpenApi: that makes the document anew for every request, and anybody may ask.
        app.MapGet(Path, async (ApiDocumentJson document) => Results.Bytes(await document.GetAsync(), "application/json; charset=utf-8"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapApiPage();
    }
}
