using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Says where null may stand. The framework writes a nullable reference as a choice of null and the type, which OpenAPI 3.0 has no
/// words for, and takes the data of every envelope for nullable, since <c>T</c> may be.
/// </summary>
internal static class Nullability
{
    private const string Envelope = "roundtable-envelope";
    private const string Data = "data";

    public static void MarkEnvelope(OpenApiSchema schema)
    {
        schema.Metadata ??= new Dictionary<string, object>();
        schema.Metadata[Envelope] = true;
    }

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var nullable = EnvelopesThatMayBeEmpty(document, context);
        foreach (var (id, schema) in document.Components!.Schemas!)
        {
            foreach (var (name, member) in schema.Properties?.ToList() ?? [])
            {
                schema.Properties![name] = name == Data && schema is OpenApiSchema { Metadata: { } marks } && marks.ContainsKey(Envelope)
                    ? DescribeData(Referenced(member) ?? member, nullable.Contains(id), member.Description)
                    : Referenced(member) is { } type ? OrNull(type, member.Description) : member;
            }
        }

        foreach (var media in document.Operations().SelectMany(o => o.RequestBody?.Content?.Values ?? []).OfType<OpenApiMediaType>())
        {
            // A body that may be left out: that it need not be there says so.
            media.Schema = media.Schema is { } schema ? Referenced(schema) ?? schema : null;
        }

        return Task.CompletedTask;
    }

    private static HashSet<string> EnvelopesThatMayBeEmpty(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var operations = context.DescriptionGroups.SelectMany(g => g.Items)
            .Where(d => d.ActionDescriptor is ControllerActionDescriptor)
            .Select(EndpointFacts.Of)
            .Where(f => f.MayAnswerNull)
            .Select(f => f.OperationId)
            .ToHashSet(StringComparer.Ordinal);
        return document.Operations()
            .Where(o => operations.Contains(o.OperationId!))
            .Select(o => ((OpenApiSchemaReference)o.Responses!["200"].Content!["application/json"].Schema!).Reference.Id!)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IOpenApiSchema DescribeData(IOpenApiSchema data, bool mayBeNull, string? description) => data switch
    {
        OpenApiSchemaReference reference => mayBeNull ? OrNull(reference, description) : reference,
        { Type: null } => new OpenApiSchema { Description = "Always null: what happens next happens elsewhere.", Type = JsonSchemaType.Object | JsonSchemaType.Null },
        _ => data,
    };

    /// <summary>The type in a choice of null and a type.</summary>
    private static OpenApiSchemaReference? Referenced(IOpenApiSchema schema) =>
        schema is OpenApiSchema { OneOf.Count: 2 } choice ? choice.OneOf.OfType<OpenApiSchemaReference>().SingleOrDefault() : null;

    // As an extension, since the writer has no other way to say nullable without a type beside it, which would contradict an enum's.
    private static OpenApiSchema OrNull(OpenApiSchemaReference type, string? description) => new()
    {
        Description = description,
        OneOf = [type],
        Extensions = new Dictionary<string, IOpenApiExtension> { ["nullable"] = new JsonNodeExtension(true) },
    };
}
