using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Describes parameters as the server reads them: in camelCase, absent instead of null, with the request records' defaults and
/// <c>If-Match</c>.
/// </summary>
internal sealed class Parameters : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var description = ((AspNetCoreOperationProcessorContext)context).ApiDescription;
        var operation = context.OperationDescription.Operation;

        // Setting any property of a body parameter makes NSwag declare the body as a file.
        foreach (var parameter in operation.Parameters.Where(p => p.Kind != OpenApiParameterKind.Body))
        {
            Describe(parameter, description.ParameterDescriptions.First(p => p.Name == parameter.Name));
        }

        if (EndpointFacts.Of(description).ErrorCodes.Contains("stale_version"))
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = "If-Match",
                    Kind = OpenApiParameterKind.Header,
                    // No example: the page would send it, and it never matches.
                    Description =
                        "The `ETag` of the version to change, such as `\"3\"`; 412 `stale_version` when there "
                        + "is a newer one. Absent or `*`: any.",
                    Schema = new JsonSchema { Type = JsonObjectType.String },
                }
            );
        }

        return true;
    }

    private static void Describe(OpenApiParameter parameter, ApiParameterDescription description)
    {
        parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
        parameter.Position = null;
        parameter.Schema.IsNullableRaw = null;
        parameter.Schema.MinLength = parameter.Schema.MinLength is 0 ? null : parameter.Schema.MinLength;
        if (Default(description) is { } value)
        {
            parameter.IsRequired = false;
            parameter.Schema.Default = value;
        }
        else if (parameter.Schema.HasOneOfSchemaReference)
        {
            parameter.Schema = parameter.Schema.OneOf.First();
        }
    }

    /// <summary>The default of a parameter, read from a new instance of the record, because initializers are not in the metadata.</summary>
    private static object? Default(ApiParameterDescription description) =>
        description.ModelMetadata is { ContainerType: { } container, PropertyName: { } name } && container.GetProperty(name) is { } member
            ? member.GetValue(Activator.CreateInstance(container)) switch
            {
                Enum e => JsonNamingPolicy.CamelCase.ConvertName(e.ToString()),
                var value => value,
            }
            : null;
}
