namespace Roundtable.Tests.Support;

/// <summary>Files beside the projects.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Roundtable.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No repository above the tests."));
}
