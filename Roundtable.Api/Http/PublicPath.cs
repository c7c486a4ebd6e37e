using System.Net;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Roundtable.Application.Common;

namespace Roundtable.Api.Http;

/// <summary>
/// The base path from <c>App:PublicUrl</c>, which a proxy strips from each request. Responses include it in <c>Location</c>,
/// pages in their <c>base</c>.
/// </summary>
internal static class PublicPath
{
    public static void UsePublicPath(this WebApplication app)
    {
        var path = Of(app);
        if (path.HasValue)
        {
            app.Use(
                (context, next) =>
                {
                    context.Request.PathBase = path;
                    return next(context);
                }
            );
        }
    }

    /// <summary>Prefixes the URLs in the page that begin with a slash with the path.</summary>
    public static byte[] Write(WebApplication app, byte[] page) => Of(app) is { HasValue: true } path ? Write(page, path) : page;

    /// <summary>The files, with the path as the page's base.</summary>
    public static IFileProvider Files(WebApplication app, string page) =>
        Of(app) is { HasValue: true } path
            ? new FilesWithBase(app.Environment.WebRootFileProvider, page, path)
            : app.Environment.WebRootFileProvider;

    private static PathString Of(WebApplication app)
    {
        var path = new Uri(app.Services.GetRequiredService<IOptions<AppOptions>>().Value.PublicUrl).AbsolutePath.TrimEnd('/');
        return path.Length == 0 ? PathString.Empty : PathString.FromUriComponent(path);
    }

    private static byte[] Write(byte[] page, PathString path) =>
        Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(page).Replace("=\"/", $"=\"{WebUtility.HtmlEncode(path.ToUriComponent())}/", StringComparison.Ordinal)
        );

    /// <summary>Returns all files except the page unchanged; hides the page's compressed versions, which have another base.</summary>
    private sealed class FilesWithBase(IFileProvider files, string page, PathString path) : IFileProvider
    {
        public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

        public IFileInfo GetFileInfo(string subpath) =>
            files.GetFileInfo(subpath) switch
            {
                { Exists: true } file when subpath == page => new PageWithBase(file, path),
                { Exists: true } when subpath.StartsWith($"{page}.", StringComparison.Ordinal) => new NotFoundFileInfo(subpath),
                var file => file,
            };

        public IChangeToken Watch(string filter) => files.Watch(filter);
    }

    private sealed class PageWithBase(IFileInfo file, PathString path) : IFileInfo
    {
        private readonly byte[] content = Write(Read(file), path);

        public bool Exists => true;

        public long Length => content.Length;

        public string? PhysicalPath => null;

        public string Name => file.Name;

        public DateTimeOffset LastModified => file.LastModified;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => new MemoryStream(content, writable: false);

        private static byte[] Read(IFileInfo file)
        {
            using var stream = file.CreateReadStream();
            var bytes = new byte[file.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
