using System.Reflection;
using Roundtable.Api.Http;
using Scalar.AspNetCore;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// The page that shows the document: Scalar's script out of its package and our own page around it. Scalar's own page starts with
/// an inline script, which the content security policy refuses, as it should.
/// </summary>
internal static class ApiPage
{
    private const string Path = "/docs";

    public static void MapApiPage(this WebApplication app)
    {
        app.MapResource(Path, "docs.html", "text/html; charset=utf-8");
        app.MapResource($"{Path}/start.js", "start.js", "text/javascript; charset=utf-8");
        app.MapScalarApiReference(Path).AllowAnonymous().Finally(e =>
        {
            // Of Scalar's endpoints only the scripts answer, not its page.
            if (e is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 })
            {
                e.Metadata.Add(new SuppressMatchingMetadata());
            }
        });
    }

    private static void MapResource(this WebApplication app, string path, string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ApiPage.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        bytes = PublicPath.Write(app, bytes);
        app.MapGet(path, () => Results.Bytes(bytes, contentType)).AllowAnonymous().ExcludeFromDescription();
    }
}
