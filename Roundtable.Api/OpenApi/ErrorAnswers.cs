using System.Globalization;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using Roundtable.Api.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>Lists an operation's errors by status, with an example of each code, as <see cref="EndpointFacts"/> derives them.</summary>
internal sealed class ErrorAnswers : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var responses = context.OperationDescription.Operation.Responses;
        var codes = EndpointFacts.Of(((AspNetCoreOperationProcessorContext)context).ApiDescription).ErrorCodes;
        foreach (var errors in codes.Select(ErrorCatalog.Find).GroupBy(e => e.Status).OrderBy(g => g.Key))
        {
            responses[errors.Key.ToString(CultureInfo.InvariantCulture)] = Answer(
                context,
                [.. errors.OrderBy(e => e.Code, StringComparer.Ordinal)]
            );
        }

        // This declares every unlisted status as a problem too, so that generated clients parse it as one.
        responses["default"] = Answer(context, [ErrorCatalog.Find("internal_error")]);
        responses["default"].Description = "Any other error.";
        return true;
    }

    private static OpenApiResponse Answer(OperationProcessorContext context, CatalogedError[] errors)
    {
        var media = new OpenApiMediaType
        {
            Schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(
                typeof(ApiProblem).ToContextualType(),
                context.SchemaResolver
            ),
        };
        var examples = context.Document.Components.Examples;
        foreach (var error in errors)
        {
            examples.TryAdd(error.Code, ProblemExamples.Of(error));
            media.Examples[error.Code] = new OpenApiExample { Reference = examples[error.Code] };
        }

        return new OpenApiResponse { Description = Describe(errors), Content = { [ApiProblems.ContentType] = media } };
    }

    private static string Describe(CatalogedError[] errors) =>
        errors is [var only] ? $"`{only.Code}`: {only.Meaning}" : string.Join('\n', errors.Select(e => $"- `{e.Code}`: {e.Meaning}"));
}
