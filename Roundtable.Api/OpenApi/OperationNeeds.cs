using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Sets an operation's id and describes its requirements (session, permission, freshness), from the product's own attributes.
/// </summary>
internal sealed class OperationNeeds : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var operation = context.OperationDescription.Operation;
        var facts = EndpointFacts.Of(((AspNetCoreOperationProcessorContext)context).ApiDescription);
        operation.OperationId = facts.OperationId;
        if (facts.NeedsSession)
        {
            Describe(operation, facts);
        }

        return true;
    }

    private static void Describe(OpenApiOperation operation, EndpointFacts facts)
    {
        operation.Security = [new OpenApiSecurityRequirement { [ApiDocument.SessionScheme] = [] }];
        operation.ExtensionData ??= new Dictionary<string, object?>();
        var needs = new List<string>();
        if (facts.Permissions.Count > 0)
        {
            operation.ExtensionData["x-permission"] = string.Join(' ', facts.Permissions);
            needs.Add($"Requires the permission {string.Join(" and ", facts.Permissions.Select(p => $"`{p}`"))}.");
        }

        if (facts.NeedsFreshSession)
        {
            operation.ExtensionData["x-fresh-session"] = true;
            needs.Add("Requires a fresh session: signed in within the last day.");
        }

        if (facts.NotWhileImpersonating)
        {
            needs.Add("Not allowed while impersonating a user.");
        }

        operation.Description = string.Join(
            "\n\n",
            new[] { operation.Description, string.Join(' ', needs) }.Where(p => !string.IsNullOrWhiteSpace(p))
        );
    }
}
