using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>Examples do what the pages say: all pages run against one server, each with its own users.</summary>
public sealed class ExampleTests
{
    private static readonly string[] Tools = ["bash", "curl", "jq", "sed", "split"];

    private TempFolder folder = null!;
    private ServerProcess server = null!;
    private TypeScriptPages? typeScript;

    private static IEnumerable<string> TypeScript => TypeScriptPages.Pages;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TempFolder();
        var content = Directory.CreateDirectory(folder.PathOf("Roundtable.Api")).FullName;
        File.Copy(
            Repository.PathOf("Roundtable.Api", "appsettings.Development.json"),
            Path.Combine(content, "appsettings.Development.json")
        );
        // The other pages also use the profile fields that this page adds.
        await File.WriteAllTextAsync(
            Path.Combine(content, "appsettings.json"),
            Page.Of("docs/profile-fields.md").Blocks.First(b => b.Notes.ContainsKey("settings")).Text
        );
        TypeScriptPages.WriteTools(folder.PathOf("tools"));
        foreach (var page in ShellSession.Pages.Where(p => p.Contains("migrating", StringComparison.Ordinal)).Select(Page.Of))
        {
            var rows = OldDatabases.Export(page);
            await File.WriteAllLinesAsync(folder.PathOf($"tools/{Path.GetFileNameWithoutExtension(page.Path)}.ndjson"), rows);
        }

        var admins = ShellSession
            .Pages.Select(p => Domain(Page.Of(p), "sh"))
            .Concat(TypeScript.Select(p => Domain(Page.Of(p), "ts")))
            .Select((d, i) => ($"Auth:AdminEmails:{i}", $"admin@{d}"));
        server = await ServerProcess.ServeAsync(content, [.. admins]);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        server?.Dispose();
        folder.Dispose();
    }

    [TestCaseSource(typeof(ShellSession), nameof(ShellSession.Pages))]
    public void ShellExamples_HaveTheDocumentedOutput(string path)
    {
        var missing = Tools.Where(t =>
            !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, t)))
        );
        if (missing.FirstOrDefault() is { } tool)
        {
            Assert.Ignore($"The examples need {tool}.");
        }

        var page = Page.Of(path);
        Assert.That(page.Blocks.Where(ShellSession.Runs), Is.Not.Empty);
        Assert.That(string.Join("\n\n", new ShellSession(page, Domain(page, "sh"), server.BaseAddress, folder.Name).Faults()), Is.Empty);
    }

    [TestCaseSource(nameof(TypeScript))]
    public void TypeScriptExamples_HaveTheDocumentedOutput(string path)
    {
        typeScript ??= TypeScriptPages.Compile(folder.Name, p => Domain(p, "ts"), server.BaseAddress);
        var (written, said) = typeScript.Run(Page.Of(path));
        Assert.That(written, Is.EqualTo(said));
    }

    [Test]
    public void JsonExamples_AreValid()
    {
        var blocks = Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "json").ToList();
        Assert.That(blocks, Has.Count.GreaterThan(5));
        Assert.That(
            blocks
                .Where(b => JsonPattern.Parse(b.Text) is null && b.Text.Split('\n').Any(line => JsonPattern.Parse(line) is null))
                .Select(b => b.Place),
            Is.Empty
        );
    }

    // Each page has its own addresses, so that pages do not affect each other.
    private static string Domain(Page page, string language) =>
        $"{language}-{Path.GetFileNameWithoutExtension(page.Path).ToLowerInvariant()}.example.com";
}
