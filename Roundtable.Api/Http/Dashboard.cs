using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Roundtable.Api.Http;

/// <summary>
/// Serves the dashboard: files out of <c>wwwroot</c>, which the build fills, and its page for every address that is the dashboard's
/// to resolve. Without the files the API serves itself alone.
/// </summary>
internal static class Dashboard
{
    private const string Page = "/index.html";

    // What Vite puts there has a hash of its content in its name.
    private const string HashedFiles = "/assets";

    private static readonly string[] Endpoints = ["/api", "/openapi", "/docs", "/health"];

    private static readonly (string Encoding, string Suffix)[] Packed = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Before routing, so that a file costs neither a session nor a permit.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        var files = PublicPath.Files(app, Page);
        app.Use(
            (context, next) =>
            {
                // The API's own addresses cost no look at files; an empty segment is nobody's address.
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

    /// <summary>After routing: what is neither a file nor an endpoint does not exist, signed in or not.</summary>
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

    /// <summary>Takes the packed neighbour of a file, where there is one and the browser unpacks it.</summary>
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
