using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SupplyChain;

/// <summary>A publish contains nothing proprietary and nothing without a named package and licence, and does not grow unnoticed.</summary>
public sealed class PublishTests
{
    // 76 MB with the dashboard when this was written; 38 MB more once came in unnoticed.
    private const int MostMegabytes = 85;

    private static readonly string[] Proprietary = ["msalruntime", "NativeInterop", "SqlClient.SNI"];

    private static string Folder => PublishedProgram.Folder;

    private static IEnumerable<string> Files =>
        Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'));

    [Test]
    public void NoFile_IsProprietary() =>
        Assert.That(Files.Where(f => Proprietary.Any(p => f.Contains(p, StringComparison.OrdinalIgnoreCase))), Is.Empty);

    [Test]
    public void EveryLibrary_IsListedWithItsPackageAndLicence()
    {
        var libraries = Files
            .Where(f => f.EndsWith(".dll", StringComparison.Ordinal) || f.EndsWith(".so", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Where(f => !f!.StartsWith("Roundtable.", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        var components = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "sbom.cdx.json")))!["components"]!.AsArray();
        var named = components
            .Where(c => c!["licenses"]!.AsArray().Count > 0)
            .SelectMany(c => c!["evidence"]?["occurrences"]!.AsArray().Select(o => (string)o!["location"]!) ?? [])
            .ToHashSet();
        var notices = File.ReadAllText(Path.Combine(Folder, "THIRD-PARTY-NOTICES.txt"));
        Assert.Multiple(() =>
        {
            Assert.That(libraries, Has.Count.GreaterThan(40));
            Assert.That(libraries.Where(l => !named.Contains(l!)), Is.Empty, "not in the bill of materials");
            Assert.That(libraries.Where(l => !notices.Contains(l!, StringComparison.Ordinal)), Is.Empty, "not in the notices");
            Assert.That(
                Files,
                Does.Contain("LICENSE.txt").And.Some.StartsWith("licenses/AutoMapper/").And.Some.StartsWith("licenses/Newtonsoft.Json/")
            );
        });
    }

    [Test]
    public void Dashboard_ListsTheLicencesOfItsPackages()
    {
        if (!Files.Contains("wwwroot/index.html"))
        {
            Assert.Ignore("There is no dashboard to look at: build without -p:BuildDashboard=false.");
        }

        var text = File.ReadAllText(Path.Combine(Folder, "wwwroot", "licenses.md"));
        Assert.That(text, Does.Contain("react-dom").And.Contain("@mantine/core").And.Contain("MIT"));
    }

    [Test]
    public void PublishedSize_IsLimited()
    {
        var bytes = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        TestContext.Progress.WriteLine($"publish: {bytes / 1024.0 / 1024:0.0} MB in {Files.Count()} files");
        Assert.That(bytes / 1024 / 1024, Is.LessThanOrEqualTo(MostMegabytes));
    }
}
