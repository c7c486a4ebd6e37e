using System.Globalization;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>Gives text answers the media types that their action declares, for which NSwag writes JSON, and says which envelopes come without data.</summary>
internal sealed class SuccessAnswers : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var description = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var responses = context.OperationDescription.Operation.Responses;
        foreach (var text in description.SupportedResponseTypes.Where(t => t.Type == typeof(string)))
        {
            var content = responses[text.StatusCode.ToString(CultureInfo.InvariantCulture)].Content;
            content.Clear();
            foreach (var format in text.ApiResponseFormats)
            {
                // Not binary, of which clients make a file.
                content[format.MediaType] = new OpenApiMediaType { Schema = new JsonSchema { Type = JsonObjectType.String } };
            }
        }

        if (EndpointFacts.Of(description).MayAnswerNull)
        {
            responses["200"].Schema.ActualSchema.Properties["data"].IsNullableRaw = true;
        }

        return true;
    }
}
