using System.Reflection;
using NSwag.AspNetCore;
using Roundtable.Api.Http;

namespace Roundtable.Api.OpenApi;

/// <summary>
/// Serves the API page: Swagger UI's script and style from NSwag's package in our own page. NSwag's page has an inline script,
/// which the content security policy blocks, and shows any document that its URL names.
/// </summary>
internal static class ApiPage
{
    private const string Path = "/docs";

    public static void MapApiPage(this WebApplication app)
    {
        var own = Assembly.GetExecutingAssembly();
        app.MapFile(Path, "text/html; charset=utf-8", () => PublicPath.Write(app, Read(own, "ApiPage.docs.html")));
        app.MapFile($"{Path}/start.js", "text/javascript; charset=utf-8", () => Read(own, "ApiPage.start.js"));
        app.MapFile($"{Path}/swagger-ui.js", "text/javascript; charset=utf-8", () => OfSwaggerUi("swagger-ui-bundle.js"));
        app.MapFile($"{Path}/swagger-ui.css", "text/css; charset=utf-8", () => OfSwaggerUi("swagger-ui.css"));
    }

    private static void MapFile(this WebApplication app, string path, string contentType, Func<byte[]> read)
    {
        var file = new Lazy<PageFile>(() => new PageFile(read(), contentType));
        app.MapGet(path, (HttpContext http) => file.Value.Answer(http)).AllowAnonymous().ExcludeFromDescription();
    }

    private static byte[] OfSwaggerUi(string name) => Read(typeof(SwaggerUiSettings).Assembly, $"NSwag.AspNetCore.SwaggerUi.{name}");

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no resource {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
