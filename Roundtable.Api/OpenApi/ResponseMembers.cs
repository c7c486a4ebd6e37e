using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// The server always writes every member of what it answers, null or not: such members are required, so that clients need not
/// ask whether they are there. In what it reads, only members without a default are.
/// </summary>
internal static class ResponseMembers
{
    private const string Optional = "roundtable-optional";

    /// <summary>Marks a member that is left out at times, or an object whose members are.</summary>
    public static void KeepOptional(OpenApiSchema schema)
    {
        schema.Metadata ??= new Dictionary<string, object>();
        schema.Metadata[Optional] = true;
    }

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var schema in document.Operations().SelectMany(o => o.RequestBody?.Content?.Values ?? []).Select(m => m.Schema))
        {
            Collect(schema, document, read);
        }

        foreach (var (_, schema) in document.Components!.Schemas!.Where(s => !read.Contains(s.Key) && !IsOptional(s.Value)))
        {
            if (schema is OpenApiSchema { Properties: { } members } open)
            {
                open.Required = members.Where(m => !IsOptional(m.Value)).Select(m => m.Key).ToHashSet();
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsOptional(IOpenApiSchema schema) => schema is OpenApiSchema { Metadata: { } metadata } && metadata.ContainsKey(Optional);

    private static void Collect(IOpenApiSchema? schema, OpenApiDocument document, HashSet<string> found)
    {
        if (schema is null)
        {
            return;
        }

        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (!found.Add(id))
            {
                return;
            }

            schema = document.Components!.Schemas![id];
        }

        foreach (var part in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AllOf ?? []).Concat(schema.AnyOf ?? []).Append(schema.Items))
        {
            Collect(part, document, found);
        }
    }
}
