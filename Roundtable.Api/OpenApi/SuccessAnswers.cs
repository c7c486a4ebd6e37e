using System.Globalization;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>Declares the media types of text and files, for which NSwag writes JSON, and marks envelopes whose data may be null.</summary>
internal sealed class SuccessAnswers : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var description = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var responses = context.OperationDescription.Operation.Responses;
        foreach (var text in description.SupportedResponseTypes.Where(t => t.Type == typeof(string) || t.Type == typeof(byte[])))
        {
            var content = responses[text.StatusCode.ToString(CultureInfo.InvariantCulture)].Content;
            content.Clear();
            foreach (var format in text.ApiResponseFormats)
            {
                // Text is not binary, which generated clients would return as a file.
                content[format.MediaType] = new OpenApiMediaType
                {
                    Schema = new JsonSchema
                    {
                        Type = JsonObjectType.String,
                        Format = text.Type == typeof(byte[]) ? JsonFormatStrings.Binary : null,
                    },
                };
            }
        }

        if (EndpointFacts.Of(description).MayReturnNull)
        {
            responses["200"].Schema.ActualSchema.Properties["data"].IsNullableRaw = true;
        }

        return true;
    }
}
