using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// An in-memory file of the API page, compressed once and revalidated by <c>ETag</c>: Swagger UI's script is 1.4 MB, compressed
/// 0.4 MB.
/// </summary>
internal sealed class PageFile(byte[] content, string contentType)
{
    private readonly byte[] packed = Pack(content);
    private readonly string hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];

    public IResult Answer(HttpContext http)
    {
        var isPacked = http.Request.GetTypedHeaders().AcceptEncoding.Any(a => a.Value == "gzip" && a.Quality is not 0);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (isPacked)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }

        return Results.Bytes(
            isPacked ? packed : content,
            contentType,
            entityTag: new EntityTagHeaderValue($"\"{hash}{(isPacked ? "-gzip" : "")}\"")
        );
    }

    private static byte[] Pack(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }
}
