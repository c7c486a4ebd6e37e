using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

internal static class DocumentExtensions
{
    public static IEnumerable<OpenApiOperation> Operations(this OpenApiDocument document) =>
        document.Paths.Values.SelectMany(p => p.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());
}
