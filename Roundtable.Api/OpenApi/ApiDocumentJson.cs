using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Roundtable.Api.OpenApi;

/// <summary>The document as it is served, made once: it depends on nothing but the program.</summary>
internal sealed class ApiDocumentJson([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<byte[]>> json = new(() => WriteAsync(provider));

    public Task<byte[]> GetAsync() => json.Value;

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var buffer = new MemoryStream();
        await document.SerializeAsJsonAsync(buffer, ApiDocument.Version);
        return buffer.ToArray();
    }
}
