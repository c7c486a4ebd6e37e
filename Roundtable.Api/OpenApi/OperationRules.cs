using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Roundtable.Api.Http;

namespace Roundtable.Api.OpenApi;

/// <summary>Names an operation, says what it needs, and corrects what MVC's formatters make of its body and answers.</summary>
internal static class OperationRules
{
    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var facts = EndpointFacts.Of(context.Description);
        operation.OperationId = facts.OperationId;
        DescribeNeeds(operation, facts, context.Document!);
        DescribeParameters(operation, context.Description, facts);
        DescribeBody(operation, facts);
        DescribeAnswers(operation, context.Document!);
        return Task.CompletedTask;
    }

    private static void DescribeNeeds(OpenApiOperation operation, EndpointFacts facts, OpenApiDocument document)
    {
        if (!facts.NeedsSession)
        {
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentRules.SessionScheme, document)] = [] }];
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        var needs = new List<string>();
        if (facts.Permissions.Count > 0)
        {
            operation.Extensions["x-permission"] = new JsonNodeExtension(string.Join(' ', facts.Permissions));
            needs.Add($"Needs the permission {string.Join(" and ", facts.Permissions.Select(p => $"`{p}`"))}.");
        }

        if (facts.NeedsFreshSession)
        {
            operation.Extensions["x-fresh-session"] = new JsonNodeExtension(JsonValue.Create(true));
            needs.Add("Needs a fresh session: signed in within the last day.");
        }

        if (facts.NotWhileImpersonating)
        {
            needs.Add("Not in somebody else's name.");
        }

        operation.Description = string.Join("\n\n", new[] { operation.Description, string.Join(' ', needs) }.Where(p => !string.IsNullOrWhiteSpace(p)));
    }

    private static void DescribeParameters(OpenApiOperation operation, ApiDescription description, EndpointFacts facts)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query) ?? [])
        {
            QueryParameters.Describe(parameter, description.ParameterDescriptions.First(p => p.Name == parameter.Name));
        }

        if (facts.ErrorCodes.Contains("stale_version"))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                // No example: the page would send it along, and it never fits.
                Description = "The `ETag` of the version that the change is meant for, such as `\"3\"`; 412 `stale_version` when there is a newer one. Absent or `*`: any.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static void DescribeBody(OpenApiOperation operation, EndpointFacts facts)
    {
        if (facts.BodyTypes.Contains(MediaTypeGuard.Json))
        {
            // The framework takes the cancellation token's <param> for the body's; the schema describes it well enough.
            var body = (OpenApiRequestBody)operation.RequestBody!;
            body.Description = null;
            var content = body.Content!;
            foreach (var type in content.Keys.Except(facts.BodyTypes).ToList())
            {
                content.Remove(type);
            }
        }
        else if (facts.BodyTypes.Count > 0)
        {
            // Read as a stream, so that MVC knows no body.
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = facts.BodyTypes.ToDictionary(t => t, _ => new OpenApiMediaType { Schema = File() }),
            };
        }
    }

    private static void DescribeAnswers(OpenApiOperation operation, OpenApiDocument document)
    {
        foreach (var (status, response) in operation.Responses?.Where(r => r.Value is OpenApiResponse).Select(r => (r.Key, (OpenApiResponse)r.Value)) ?? [])
        {
            foreach (var (type, media) in response.Content?.ToList() ?? [])
            {
                // MVC lists its formatters where there is no content, and leaves the shape of files open.
                if (media.Schema is null && (IsJson(type) || status is "204" or "202"))
                {
                    response.Content!.Remove(type);
                }
                else if (media.Schema is null)
                {
                    media.Schema = File();
                }
                else if (IsJson(type) && type != MediaTypeGuard.Json)
                {
                    response.Content!.Remove(type);
                }
            }

            ResponseHeaders.Add(response, document, status);
        }
    }

    private static bool IsJson(string type) => type is MediaTypeGuard.Json or "text/json" or "text/plain" || type.EndsWith("+json", StringComparison.Ordinal);

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
