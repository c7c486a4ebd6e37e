using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Pages generated from the code: compared with the committed files, or written if UPDATE_DOCS=1 is set.</summary>
internal static class GeneratedPage
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public static void ShouldBe(string path, string text)
    {
        var file = Repository.PathOf(path);
        if (Update)
        {
            File.WriteAllText(file, text);
        }

        Assert.That(
            File.Exists(file) ? File.ReadAllText(file) : "",
            Is.EqualTo(text),
            $"{path} is stale: run UPDATE_DOCS=1 dotnet test --filter "
                + "\"FullyQualifiedName~Tests.Documentation\" and commit what that writes."
        );
    }
}
