using System.Collections.Frozen;
using Microsoft.OpenApi;
using Roundtable.Api.Http;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Api.OpenApi;

/// <summary>The headers that answers carry, described once and referred to.</summary>
internal static class ResponseHeaders
{
    private static readonly (string Name, JsonSchemaType Type, string Description, string Example)[] All =
    [
        (RequestIds.Header, JsonSchemaType.String, "The request's id, as in the logs; a valid one that came with the request is kept.", "0HNF3K2M9Q7T1:00000001"),
        ("ETag", JsonSchemaType.String, "The version of what is shown, for `If-Match`.", "\"3\""),
        ("Location", JsonSchemaType.String, "The path of what was made.", "/api/v1/admin/users/019ab2c4d5e67f8091a2b3c4d5e6f708"),
        ("Retry-After", JsonSchemaType.Integer, "In how many seconds to try again.", "30"),
        ("RateLimit-Limit", JsonSchemaType.Integer, "How many requests the window allows.", "300"),
        ("RateLimit-Remaining", JsonSchemaType.Integer, "How many of them are left.", "0"),
        ("RateLimit-Reset", JsonSchemaType.Integer, "In how many seconds the window ends.", "30"),
    ];

    // A user as the caller may see them is one, or a public profile.
    private static readonly FrozenSet<string> Versioned = typeof(IVersioned).Assembly.GetTypes()
        .Where(t => t.IsClass && t.IsAssignableTo(typeof(IVersioned)))
        .Append(typeof(UserView))
        .Select(t => $"{t.Name}Response")
        .ToFrozenSet(StringComparer.Ordinal);

    public static void Describe(OpenApiComponents components)
    {
        components.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var (name, type, description, example) in All)
        {
            components.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = type },
                Example = type == JsonSchemaType.Integer ? int.Parse(example, System.Globalization.CultureInfo.InvariantCulture) : example,
            };
        }
    }

    public static void Add(OpenApiResponse response, OpenApiDocument document, string status)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        foreach (var name in Of(status, response))
        {
            response.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }

    private static IEnumerable<string> Of(string status, OpenApiResponse response)
    {
        string[] more = status switch
        {
            "201" => ["Location"],
            "429" => ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
            "503" => ["Retry-After"],
            _ => [],
        };
        var isVersioned = response.Content?.Values.Any(m => m.Schema is OpenApiSchemaReference { Reference.Id: { } id } && Versioned.Contains(id)) == true;
        return [RequestIds.Header, .. isVersioned ? (string[])["ETag"] : [], .. more];
    }
}
