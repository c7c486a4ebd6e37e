using NJsonSchema.Generation;
using Roundtable.Api.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Generates schema names, which become the type names of generated clients: <c>UserDtoPageResponse</c> instead of
/// <c>ApiResponseOfPagedListOfUserDto</c>.
/// </summary>
internal sealed class SchemaNames : ISchemaNameGenerator
{
    public string Generate(Type type) =>
        type switch
        {
            _ when type == typeof(object) => "Empty",
            { IsGenericType: false } => type.Name,
            _ => string.Concat(type.GetGenericArguments().Select(Generate)) + Suffix(type.GetGenericTypeDefinition()),
        };

    private static string Suffix(Type definition) =>
        definition switch
        {
            _ when definition == typeof(ApiResponse<>) => "Response",
            _ when definition == typeof(PagedList<>) => "Page",
            _ => definition.Name[..definition.Name.IndexOf('`', StringComparison.Ordinal)],
        };
}
