using Microsoft.AspNetCore.Mvc.ModelBinding;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Describes uploads, which actions read as a stream and MVC therefore reports as no body, and removes NSwag's hints for its own
/// generators from JSON bodies.
/// </summary>
internal sealed class Bodies : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var description = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var operation = context.OperationDescription.Operation;
        if (operation.RequestBody is { } body)
        {
            (body.Name, body.Position) = (null, null);
        }
        else if (EndpointFacts.Of(description).BodyTypes is { Count: > 0 } types)
        {
            operation.RequestBody = new OpenApiRequestBody { IsRequired = true };
            foreach (var type in types)
            {
                operation.RequestBody.Content[type] = new OpenApiMediaType
                {
                    Schema = new JsonSchema { Type = JsonObjectType.String, Format = JsonFormatStrings.Binary },
                };
            }
        }

        return
            description.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body) is not { Type: { } read }
            || MemberRules.IsRead(read)
            ? true
            : throw new InvalidOperationException(
                $"{description.HttpMethod} {description.RelativePath} takes {read.Name}: name the type of a body …Request, by "
                    + "which the API document distinguishes it from an answer."
            );
    }
}
