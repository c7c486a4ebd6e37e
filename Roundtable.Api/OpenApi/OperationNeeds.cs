using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Sets an operation's id and describes its requirements (session, permission, freshness, API key), from the product's own
/// attributes.
/// </summary>
internal sealed class OperationNeeds : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        var facts = EndpointFacts.Of(((AspNetCoreOperationProcessorContext)context).ApiDescription);
        operation.OperationId = facts.OperationId;
        operation.ExtensionData ??= new Dictionary<string, object?>();
        var needs = facts.NeedsSession ? DescribeSession(operation, facts) : [];
        needs.Add(DescribeApiKey(operation, facts));
        operation.Description = string.Join(
            "\n\n",
            new[] { operation.Description, string.Join(' ', needs) }.Where(p => !string.IsNullOrWhiteSpace(p))
        );
        return true;
    }

    private static List<string> DescribeSession(OpenApiOperation operation, EndpointFacts facts)
    {
        operation.Security = [new OpenApiSecurityRequirement { [ApiDocument.SessionScheme] = [] }];
        var needs = new List<string>();
        if (facts.Permissions.Count > 0)
        {
            operation.ExtensionData!["x-permission"] = string.Join(' ', facts.Permissions);
            needs.Add($"Requires the permission {string.Join(" and ", facts.Permissions.Select(p => $"`{p}`"))}.");
        }

        if (facts.NeedsFreshSession)
        {
            operation.ExtensionData!["x-fresh-session"] = true;
            needs.Add("Requires a fresh session: signed in within the last day.");
        }

        if (facts.NotWhileImpersonating)
        {
            needs.Add("Not allowed while impersonating a user.");
        }

        return needs;
    }

    private static string DescribeApiKey(OpenApiOperation operation, EndpointFacts facts)
    {
        if (facts.ApiKeyScopes is not { } scopes)
        {
            return "API keys are rejected.";
        }

        operation.ExtensionData!["x-api-key-scopes"] = scopes;
        // An empty requirement: no credential is needed.
        operation.Security =
        [
            .. operation.Security
                ??
                [
                    [],
                ],
            new OpenApiSecurityRequirement { [ApiDocument.ApiKeyScheme] = [] },
        ];
        var owners = facts.NeedsFreshSession ? "API keys of service accounts" : "API keys";
        return scopes.Count == 0
            ? $"{owners} need no scope."
            : $"{owners} need the scope {string.Join(" or ", scopes.Select(s => $"`{s}`"))}.";
    }
}
