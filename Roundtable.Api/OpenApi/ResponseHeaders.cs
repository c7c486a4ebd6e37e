using System.Globalization;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using Roundtable.Api.Common;
using Roundtable.Api.Http;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Adds the headers that middleware and controllers set, which NSwag does not see, as references to one shared description each.
/// </summary>
internal sealed class ResponseHeaders : IOperationProcessor
{
    private static readonly (string Name, string Description, object Example)[] All =
    [
        (RequestIds.Header, "The request's id, as in the logs; a valid one that came with the request is kept.", "0HNF3K2M9Q7T1:00000001"),
        ("ETag", "The version of the returned resource, for `If-Match`.", "\"3\""),
        ("Location", "The path of the created resource.", "/api/v1/admin/users/019ab2c4d5e67f8091a2b3c4d5e6f708"),
        ("Retry-After", "Seconds until the next attempt.", 30),
        ("RateLimit-Limit", "The number of requests per window.", 300),
        ("RateLimit-Remaining", "The number of remaining requests.", 0),
        ("RateLimit-Reset", "Seconds until the window ends.", 30),
    ];

    public bool Process(OperationProcessorContext context)
    {
        var answers = ((AspNetCoreOperationProcessorContext)context).ApiDescription.SupportedResponseTypes;
        foreach (var (status, response) in context.OperationDescription.Operation.Responses)
        {
            var isVersioned = answers.Any(a => IsVersioned(a.Type) && a.StatusCode.ToString(CultureInfo.InvariantCulture) == status);
            foreach (var name in Of(status, isVersioned))
            {
                response.Headers[name] = new OpenApiHeader { Reference = Described(context.Document, name) };
            }
        }

        return true;
    }

    private static OpenApiParameter Described(OpenApiDocument document, string name)
    {
        var (_, description, example) = All.Single(h => h.Name == name);
        var schema = new JsonSchema { Type = example is int ? JsonObjectType.Integer : JsonObjectType.String };
        document.Components.Headers.TryAdd(
            name,
            new OpenApiHeader
            {
                Description = description,
                Schema = schema,
                Example = example,
            }
        );
        return document.Components.Headers[name];
    }

    private static IEnumerable<string> Of(string status, bool isVersioned) =>
        [
            RequestIds.Header,
            .. isVersioned ? (string[])["ETag"] : [],
            .. status switch
            {
                "201" => (string[])["Location"],
                "429" => ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
                "503" => ["Retry-After"],
                _ => [],
            },
        ];

    // UserView is either a versioned account or a public profile.
    private static bool IsVersioned(Type? answer) =>
        answer is { IsGenericType: true }
        && answer.GetGenericTypeDefinition() == typeof(ApiResponse<>)
        && answer.GetGenericArguments() is [var data]
        && (data == typeof(UserView) || data.IsAssignableTo(typeof(IVersioned)));
}
