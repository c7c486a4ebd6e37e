namespace Roundtable.Tests.Support;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Products =
    [
        "Roundtable.Domain",
        "Roundtable.Application",
        "Roundtable.Infrastructure",
        "Roundtable.Api",
    ];

    // Folders of generated files.
    private static readonly string[] Made = ["bin", "obj", "Migrations", "node_modules", "dist", "artifacts", "results"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The product's own C# files, without generated ones.</summary>
    public static IEnumerable<string> ProductFiles() => Products.SelectMany(FilesOf);

    public static IEnumerable<string> FilesOf(string project) => Files(project, ".cs");

    /// <summary>The code of the dashboard, the clients and the benchmarks, without what NSwag generates.</summary>
    public static IEnumerable<string> Scripts() =>
        new[] { "dashboard", "client", "bench" }
            .SelectMany(folder => Files(folder, ".ts", ".tsx", ".js", ".mjs", ".css", ".cs"))
            .Where(f => Path.GetFileName(f) is not ("client.ts" or "Generated.cs"));

    private static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Where(f => !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Any(part => Made.Contains(part)));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Roundtable.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
