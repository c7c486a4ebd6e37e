using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NSwag.AspNetCore;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SupplyChain;

/// <summary>A package shipped with a publish of <c>Roundtable.Api</c>.</summary>
/// <param name="Ecosystem"><c>nuget</c> or <c>npm</c>.</param>
/// <param name="Licence">An SPDX expression, or the licence's name if there is none.</param>
/// <param name="Copyright">The package's copyright notice; empty if it has none.</param>
/// <param name="Direct">Whether the product references it directly.</param>
/// <param name="Files">Its files in a publish for any platform; empty for packages bundled into the dashboard's scripts.</param>
internal sealed record ShippedPackage(
    string Ecosystem,
    string Name,
    string Version,
    string Licence,
    string Copyright,
    bool Direct,
    IReadOnlyList<string> Files
)
{
    /// <summary>The package URL (https://github.com/package-url/purl-spec).</summary>
    public string Url => $"pkg:{Ecosystem}/{Name.Replace("@", "%40", StringComparison.Ordinal)}@{Version}";
}

/// <summary>Reads the shipped packages from the lock files, and their files from the program's dependency manifest.</summary>
internal static partial class ShippedPackages
{
    // The licences, read by hand, of packages with a licence file instead of an SPDX expression.
    private static readonly Dictionary<string, string> ReadByHand = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AutoMapper"] = "RPL-1.5 or commercial",
        ["Microsoft.Data.SqlClient.SNI.runtime"] = "Microsoft software licence",
        ["Otp.NET"] = "MIT",
        ["SQLite"] = "blessing (SQLite, public domain)",
        ["SourceGear.sqlite3"] = "blessing (SQLite, public domain)",
        ["starkbank-ecdsa"] = "MIT",
    };

    private static readonly string PackageFolder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static IReadOnlyList<ShippedPackage> NuGet { get; } = ReadNuGet();

    public static IReadOnlyList<ShippedPackage> Npm { get; } = ReadNpm();

    /// <summary>Swagger UI, a resource embedded in NSwag.AspNetCore: its script states its version.</summary>
    public static ShippedPackage SwaggerUi { get; } =
        new(
            "npm",
            "swagger-ui-dist",
            ReadSwaggerUiVersion(),
            "Apache-2.0",
            "Copyright 2020-2021 SmartBear Software Inc.",
            false,
            ["NSwag.AspNetCore.dll"]
        );

    public static IEnumerable<ShippedPackage> All => NuGet.Concat(Npm).Append(SwaggerUi);

    private static List<ShippedPackage> ReadNuGet()
    {
        var locked = Json(Repository.PathOf("Roundtable.Api", "packages.lock.json"))["dependencies"]!["net10.0"]!
            .AsObject()
            .Where(d => d.Value!["resolved"] is not null)
            .ToDictionary(d => d.Key, d => (string)d.Value!["resolved"]!, StringComparer.OrdinalIgnoreCase);
        var direct = Directory
            .GetFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(f =>
                Path.GetFileName(Path.GetDirectoryName(f)) is "Roundtable.Api" or "Roundtable.Application" or "Roundtable.Infrastructure"
            )
            .SelectMany(f =>
                Json(f)["dependencies"]!["net10.0"]!.AsObject().Where(d => (string?)d.Value!["type"] == "Direct").Select(d => d.Key)
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var manifest = Json(Path.Combine(AppContext.BaseDirectory, "Roundtable.Api.deps.json"));
        var target = manifest["targets"]![(string)manifest["runtimeTarget"]!["name"]!]!.AsObject();
        return
        [
            .. target
                .Select(t => (Id: t.Key.Split('/'), Assets: t.Value!.AsObject()))
                .Where(t => (string?)manifest["libraries"]![string.Join('/', t.Id)]!["type"] == "package")
                .Select(t =>
                {
                    var (name, version) = (t.Id[0], t.Id[1]);
                    Assert.That(
                        locked.GetValueOrDefault(name),
                        Is.EqualTo(version),
                        $"{name}: the lock file names another version than the one that is shipped"
                    );
                    var (licence, copyright) = ReadNuspec(name, version);
                    return new ShippedPackage("nuget", name, version, licence, copyright, direct.Contains(name), FilesOf(t.Assets));
                })
                .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string ReadSwaggerUiVersion()
    {
        using var script = new StreamReader(
            typeof(SwaggerUiSettings).Assembly.GetManifestResourceStream("NSwag.AspNetCore.SwaggerUi.swagger-ui-bundle.js")!
        );
        return SwaggerUiVersion().Match(script.ReadToEnd()).Groups["version"].Value;
    }

    private static List<string> FilesOf(JsonObject assets) =>
        [
            .. ((string[])["runtime", "native", "resources", "runtimeTargets"])
                .SelectMany(kind => assets[kind]?.AsObject().Select(f => f.Key) ?? [])
                .Select(f => Path.GetFileName(f))
                .Where(f => f != "_._")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static List<ShippedPackage> ReadNpm()
    {
        var root = Json(Repository.PathOf("dashboard", "package-lock.json"))["packages"]!.AsObject();
        var direct = root[""]!["dependencies"]!.AsObject().Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        const string folder = "node_modules/";
        return
        [
            .. root.Where(p => p.Key.StartsWith(folder, StringComparison.Ordinal) && p.Value!["dev"] is null && p.Value["link"] is null)
                .Select(p => (Name: p.Key[(p.Key.LastIndexOf(folder, StringComparison.Ordinal) + folder.Length)..], Entry: p.Value!))
                .Where(p => !p.Name.StartsWith("@types/", StringComparison.Ordinal))
                .Select(p => new ShippedPackage(
                    "npm",
                    p.Name,
                    (string)p.Entry["version"]!,
                    (string?)p.Entry["license"] ?? "unknown",
                    "",
                    direct.Contains(p.Name),
                    []
                ))
                .DistinctBy(p => p.Url)
                .OrderBy(p => p.Url, StringComparer.Ordinal),
        ];
    }

    private static (string Licence, string Copyright) ReadNuspec(string name, string version)
    {
        var id = name.ToLowerInvariant();
        var metadata = XDocument
            .Load(Path.Combine(PackageFolder, id, version.ToLowerInvariant(), $"{id}.nuspec"))
            .Root!.Elements()
            .Single(e => e.Name.LocalName == "metadata")
            .Elements()
            .ToList();
        var licence = metadata.Find(e => e.Name.LocalName == "license");
        return (
            ReadByHand.GetValueOrDefault(name) ?? ((string?)licence?.Attribute("type") == "expression" ? licence!.Value : "unknown"),
            (string?)metadata.Find(e => e.Name.LocalName == "copyright") ?? ""
        );
    }

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    [GeneratedRegex("PACKAGE_VERSION:\"(?<version>[0-9.]+)\"")]
    private static partial Regex SwaggerUiVersion();
}
