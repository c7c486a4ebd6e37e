using Roundtable.Tests.Support;

namespace Roundtable.Tests.SupplyChain;

/// <summary>The dependency list, the notices and the bill of materials match the lock files.</summary>
public sealed class DependencyFileTests
{
    private const string Update = "UPDATE_DEPENDENCIES";

    private static IEnumerable<string> Files => DependencyFiles.All.Keys;

    [TestCaseSource(nameof(Files))]
    public void File_IsCurrent(string name)
    {
        var file = Repository.PathOf(name.Split('/'));
        var text = DependencyFiles.All[name]();
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo(text), $"Run this test with {Update}=1");
    }

    [Test]
    public void EveryPackage_HasAKnownLicence() =>
        Assert.That(
            ShippedPackages.All.Where(p => p.Licence == "unknown").Select(p => p.Url),
            Is.Empty,
            "Read the licence and name it in ShippedPackages"
        );
}
