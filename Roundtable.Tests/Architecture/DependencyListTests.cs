using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>docs/dependencies.md says what is shipped and under which licence, out of the lock files and the packages' own words.</summary>
public sealed class DependencyListTests
{
    private const string Update = "UPDATE_DEPENDENCIES";

    private static readonly string[] Projects = ["Roundtable.Domain", "Roundtable.Application", "Roundtable.Infrastructure", "Roundtable.Api"];

    // Packages that bring a file in the place of an SPDX expression: what was read there.
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AutoMapper"] = "RPL-1.5 or commercial",
        ["Microsoft.Data.SqlClient.SNI.runtime"] = "Microsoft software licence",
        ["Microsoft.Identity.Client.NativeInterop"] = "Microsoft software licence",
        ["Otp.NET"] = "MIT",
        ["SourceGear.sqlite3"] = "public domain (SQLite)",
    };

    [Test]
    public void DependencyList_IsCurrent()
    {
        var file = Path.Combine(Repository.Root, "docs", "dependencies.md");
        var list = List();
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            File.WriteAllText(file, list);
        }

        Assert.That(File.ReadAllText(file), Is.EqualTo(list), $"Run this test with {Update}=1");
        Assert.That(list, Does.Not.Contain("| unknown |"), "Read the licence and name it here");
    }

    private static string List()
    {
        var packages = Projects
            .SelectMany(p => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, p, "packages.lock.json")))!["dependencies"]!["net10.0"]!.AsObject())
            .Where(d => (string?)d.Value!["type"] != "Project" && d.Value["resolved"] is not null)
            .Select(d => (Name: d.Key, Version: (string)d.Value!["resolved"]!, Direct: (string?)d.Value["type"] == "Direct"))
            .GroupBy(d => d.Name, StringComparer.OrdinalIgnoreCase)
            .Select(g => (g.First().Name, g.First().Version, Direct: g.Any(d => d.Direct)))
            .Where(d => !DevelopmentOnly(d.Name))
            .OrderBy(d => d.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        Assert.That(packages, Has.Count.GreaterThan(20));

        var text = new StringBuilder("""
            # Dependencies

            What is shipped besides .NET itself, from the lock files, with each package's licence. Written by `DependencyListTests`; a change of packages makes it fail until the list is
            written anew (`UPDATE_DEPENDENCIES=1 dotnet test --filter "FullyQualifiedName~DependencyList"`). The dashboard's and the client's packages stand in their `package-lock.json`.

            ## Chosen

            | package | version | licence |
            |---|---|---|

            """);
        Append(text, packages.Where(p => p.Direct));
        text.Append("""

            ## Brought along by those

            | package | version | licence |
            |---|---|---|

            """);
        Append(text, packages.Where(p => !p.Direct));
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder text, IEnumerable<(string Name, string Version, bool Direct)> packages)
    {
        foreach (var (name, version, _) in packages)
        {
            text.Append("| ").Append(name).Append(" | ").Append(version).Append(" | ").Append(Licence(name, version)).Append(" |\n");
        }
    }

    // EF Core's design package and what compiles for it are used at the desk alone.
    private static bool DevelopmentOnly(string name) =>
        name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Build", StringComparison.Ordinal)
        || name.StartsWith("System.Composition", StringComparison.Ordinal)
        || name is "Microsoft.EntityFrameworkCore.Design" or "Microsoft.NET.StringTools" or "Humanizer.Core" or "Newtonsoft.Json.Bson";

    private static string Licence(string name, string version)
    {
        if (Read.TryGetValue(name, out var known))
        {
            return known;
        }

        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var nuspec = Path.Combine(folder, name.ToLowerInvariant(), version.ToLowerInvariant(), $"{name.ToLowerInvariant()}.nuspec");
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata").Elements().ToList();
        var licence = metadata.Find(e => e.Name.LocalName == "license");
        var url = (string?)metadata.Find(e => e.Name.LocalName == "licenseUrl") ?? "";
        return licence is not null && (string?)licence.Attribute("type") == "expression" ? licence.Value
            : url.Contains("MIT", StringComparison.OrdinalIgnoreCase) ? "MIT"
            : url.Contains("apache", StringComparison.OrdinalIgnoreCase) ? "Apache-2.0"
            : "unknown";
    }
}
