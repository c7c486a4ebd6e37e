using System.Text;
using System.Text.RegularExpressions;
using NSwag.Generation;

namespace Roundtable.Api.OpenApi;

/// <summary>The document as served and printed. It is generated once, because it depends only on the program.</summary>
internal sealed partial class ApiDocumentJson(IOpenApiDocumentGenerator generator)
{
    private readonly Lazy<Task<byte[]>> json = new(() => WriteAsync(generator));

    public Task<byte[]> GetAsync() => json.Value;

    private static async Task<byte[]> WriteAsync(IOpenApiDocumentGenerator generator)
    {
        var document = await generator.GenerateAsync(ApiDocument.Name);
        // NSwag writes a reference to a header as a reference to the header's schema.
        var text = HeaderSchema().Replace(document.ToJson(), "$1");
        return Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
    }

    [GeneratedRegex("(\"#/components/headers/[^/\"]+)/schema(?=\")")]
    private static partial Regex HeaderSchema();
}
