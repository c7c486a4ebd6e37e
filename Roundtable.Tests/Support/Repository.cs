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

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The product's own C# files, without generated ones.</summary>
    public static IEnumerable<string> ProductFiles() => Products.SelectMany(FilesOf);

    public static IEnumerable<string> FilesOf(string project) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(f =>
                !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations")
            );

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Roundtable.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
