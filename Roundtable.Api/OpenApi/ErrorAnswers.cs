using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Roundtable.Api.Common;
using Roundtable.Application.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>Lists an operation's errors by status, each with its codes and an example of each.</summary>
internal static class ErrorAnswers
{
    public static async Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var document = context.Document!;
        var problem = await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, ct);
        if (problem.Properties!["reasons"].AdditionalProperties is OpenApiSchema reasons)
        {
            // By name, so that a generated client has a name for it too.
            reasons.Items = new OpenApiSchemaReference(nameof(FieldReason), document);
        }

        document.AddComponent(nameof(FieldReason), await context.GetOrCreateSchemaAsync(typeof(FieldReason), null, ct));
        document.AddComponent(nameof(ApiProblem), problem);
        operation.Responses ??= [];
        var byStatus = EndpointFacts.Of(context.Description).ErrorCodes.Select(ErrorCatalog.Find).GroupBy(e => e.Status).OrderBy(g => g.Key);
        foreach (var errors in byStatus)
        {
            var status = errors.Key.ToString(CultureInfo.InvariantCulture);
            operation.Responses[status] = Answer([.. errors.OrderBy(e => e.Code, StringComparer.Ordinal)], status, document);
        }

        // With this every status that is not listed is a problem too, and a generated client reads it as one.
        operation.Responses["default"] = Answer([ErrorCatalog.Find("internal_error")], "default", document);
    }

    private static OpenApiResponse Answer(CatalogedError[] errors, string status, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = status == "default" ? "Any other error." : Describe(errors),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ApiProblems.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(ApiProblem), document),
                    Examples = errors.ToDictionary(e => e.Code, IOpenApiExample (e) => Example(e, document)),
                },
            },
        };
        ResponseHeaders.Add(response, document, status);
        return response;
    }

    private static string Describe(CatalogedError[] errors) => errors is [var only]
        ? $"`{only.Code}`: {only.Meaning}"
        : string.Join('\n', errors.Select(e => $"- `{e.Code}`: {e.Meaning}"));

    private static OpenApiExampleReference Example(CatalogedError error, OpenApiDocument document)
    {
        document.AddComponent<IOpenApiExample>(error.Code, ProblemExamples.Of(error));
        return new OpenApiExampleReference(error.Code, document);
    }
}
