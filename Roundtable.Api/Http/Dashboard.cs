using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Roundtable.Api.Http;

/// <summary>
/// Serves the dashboard: files from <c>wwwroot</c>, which the build fills, and its page for every URL that the dashboard resolves
/// itself. Without the files, only the API is served.
/// </summary>
internal static class Dashboard
{
    private const string Page = "/index.html";

    // Vite puts a content hash into the names of these files.
    private const string HashedFiles = "/assets";

    private static readonly string[] Endpoints = ["/api", "/openapi", "/docs", "/health"];

    private static readonly (string Encoding, string Suffix)[] Packed = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Runs before routing, so that a file costs neither a session lookup nor a rate-limit permit.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        var files = PublicPath.Files(app, Page);
        app.Use(
            (context, next) =>
            {
                // The API's own paths need no file lookup; an empty segment is never valid.
                if (IsRead(context.Request.Method) && !IsEndpoint(context.Request.Path) && files.GetFileInfo(Page).Exists)
                {
                    if (IsPage(context.Request.Path))
                    {
                        context.Request.Path = Page;
                    }

                    Negotiate(context, files);
                }

                return next(context);
            }
        );
        app.UseWhen(
            c => !IsEndpoint(c.Request.Path),
            pages =>
                pages.UseStaticFiles(
                    new StaticFileOptions
                    {
                        FileProvider = files,
                        OnPrepareResponse = Describe,
                        ServeUnknownFileTypes = true,
                    }
                )
        );
    }

    /// <summary>Runs after routing: a path that is neither a file nor an endpoint is 404, signed in or not.</summary>
    public static void UseUnroutedPages(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case RouteEndpoint:
                        return next(context);
                    case { RequestDelegate: { } refuse }:
                        // Routing's own endpoint for a wrong method.
                        return refuse(context);
                    default:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                }
            }
        );

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static bool IsEndpoint(PathString path) =>
        path.Value?.StartsWith("//", StringComparison.Ordinal) == true
        || Endpoints.Any(p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));

    private static bool IsPage(PathString path) =>
        !Path.HasExtension(path.Value) && !path.StartsWithSegments(HashedFiles, StringComparison.OrdinalIgnoreCase);

    /// <summary>Selects the compressed version of a file if there is one and the browser accepts it.</summary>
    private static void Negotiate(HttpContext context, IFileProvider files)
    {
        var path = context.Request.Path.Value ?? "";
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, suffix) in Packed)
        {
            if (accepted.Any(a => a.Value == encoding && a.Quality is not 0) && files.GetFileInfo(path + suffix).Exists)
            {
                context.Items[typeof(Dashboard)] = encoding;
                context.Request.Path = path + suffix;
                return;
            }
        }
    }

    private static void Describe(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        var path = file.Context.Request.Path;
        headers.CacheControl = path.StartsWithSegments(HashedFiles, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        headers.Vary = "Accept-Encoding";
        if (file.Context.Items[typeof(Dashboard)] is string encoding)
        {
            headers.ContentEncoding = encoding;
            var name = Path.GetFileNameWithoutExtension(path.Value ?? "");
            file.Context.Response.ContentType = Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        }
    }
}
