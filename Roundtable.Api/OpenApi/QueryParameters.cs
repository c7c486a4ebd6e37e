using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>Query parameters that are members of a record, as lists have them.</summary>
internal static class QueryParameters
{
    public static void Describe(OpenApiParameter parameter, ApiParameterDescription description)
    {
        parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        if (description.ModelMetadata is not { ContainerType: { } container, PropertyName: { } name } || container.GetProperty(name) is not { } member)
        {
            return;
        }

        parameter.Description ??= XmlSummaries.Of(member);
        if (Default(container, member) is { } value)
        {
            parameter.Required = false;
            if (parameter.Schema is OpenApiSchema schema)
            {
                schema.Default = value;
            }
        }
    }

    /// <summary>What the member is when the parameter is absent, by making the record: initialisers are not in the metadata.</summary>
    private static JsonNode? Default(Type container, PropertyInfo member) => member.GetValue(Activator.CreateInstance(container)) switch
    {
        null => null,
        Enum e => JsonNamingPolicy.CamelCase.ConvertName(e.ToString()),
        var value => JsonSerializer.SerializeToNode(value),
    };
}
