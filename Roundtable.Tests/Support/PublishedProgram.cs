using System.Runtime.InteropServices;

namespace Roundtable.Tests.Support;

/// <summary>
/// The program as shipped: published once, for the test platform. Precompiled, it starts in a fraction of the time of the build output,
/// and tests see what operators get.
/// </summary>
internal static class PublishedProgram
{
    private static readonly Lazy<string> Published = new(Publish);

    private static Task early = Task.CompletedTask;

    /// <summary>The published folder.</summary>
    public static string Folder => Published.Value;

    public static string File => Path.Combine(Folder, "Roundtable.Api.dll");

    /// <summary>
    /// Starts publishing if nothing is published yet, beside the tests that need no process; otherwise those that need one wait two
    /// minutes for it.
    /// </summary>
    public static void PublishIfMissing()
    {
        if (!Directory.Exists(Target))
        {
            early = Task.Run(() => Published.Value);
        }
    }

    /// <summary>Waits for <see cref="PublishIfMissing"/>; a failure is reported by the tests that need the program.</summary>
    public static async Task EndAsync() => await early.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static string Target => Path.Combine(AppContext.BaseDirectory, "published");

    // Kept beside the tests, so that a second run without changes only checks it.
    private static string Publish()
    {
        var folder = Target;
        var stamp = Path.Combine(folder, "published.stamp");
        if (
            !System.IO.File.Exists(stamp)
            || Inputs().Any(f => System.IO.File.GetLastWriteTimeUtc(f) > System.IO.File.GetLastWriteTimeUtc(stamp))
        )
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            NodeTools.Run(
                Repository.Root,
                "dotnet",
                [
                    "publish",
                    "Roundtable.Api",
                    "--configuration",
                    "Release",
                    "--runtime",
                    RuntimeInformation.RuntimeIdentifier,
                    "--output",
                    folder,
                    "-p:BuildDashboard=false",
                    "-p:RunAnalyzers=false",
                    "-nodeReuse:false",
                ]
            );
            System.IO.File.WriteAllText(stamp, "");
        }

        return folder;
    }

    private static IEnumerable<string> Inputs()
    {
        var built = Directory
            .GetFiles(AppContext.BaseDirectory, "Roundtable.*.dll")
            .Where(f => !f.EndsWith("Tests.dll", StringComparison.Ordinal));
        var dashboard = Repository.PathOf("Roundtable.Api", "wwwroot");
        return built
            .Concat(Directory.GetFiles(Repository.PathOf("Roundtable.Api"), "*.*proj"))
            .Concat(Directory.GetFiles(Repository.PathOf("Roundtable.Api"), "*.targets"))
            .Concat(Directory.Exists(dashboard) ? Directory.GetFiles(dashboard, "*", SearchOption.AllDirectories) : []);
    }
}
