using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Roundtable.Api.Common;
using Roundtable.Api.MagicLinks;
using Roundtable.Application.Common;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Names of schemas, which become the names of a generated client's types: <c>UserDtoPageResponse</c> in the place of
/// <c>ApiResponseOfPagedListOfUserDto</c>.
/// </summary>
internal static class SchemaNames
{
    /// <summary>The name, or null for a schema that stands where it is used.</summary>
    public static string? Of(JsonTypeInfo json) => json.Type switch
    {
        var t when IsValue(t) => null,
        var t when Wrapped(t) is not null => Name(t),
        _ => OpenApiOptions.CreateDefaultSchemaReferenceId(json),
    };

    /// <summary>Types that are a plain value on the wire, whatever they are here.</summary>
    private static bool IsValue(Type type) => type == typeof(CallbackUrl) || IsGeneric(type, typeof(Optional<>));

    private static string Name(Type type) => Wrapped(type) switch
    {
        _ when type == typeof(object) => "Empty",
        var (item, suffix) => Name(item) + suffix,
        _ when type.IsGenericType => string.Concat(type.GetGenericArguments().Select(Name)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)],
        _ => type.Name,
    };

    private static (Type Item, string Suffix)? Wrapped(Type type) => type switch
    {
        _ when IsGeneric(type, typeof(ApiResponse<>)) => (type.GetGenericArguments()[0], "Response"),
        _ when IsGeneric(type, typeof(PagedList<>)) => (type.GetGenericArguments()[0], "Page"),
        _ => null,
    };

    internal static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
