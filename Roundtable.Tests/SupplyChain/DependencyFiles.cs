using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.SupplyChain;

/// <summary>Generates the files that list what is shipped, from the lock files.</summary>
internal static class DependencyFiles
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static IReadOnlyDictionary<string, Func<string>> All { get; } =
        new Dictionary<string, Func<string>>
        {
            ["docs/dependencies.md"] = Page,
            ["Roundtable.Api/Notices/THIRD-PARTY-NOTICES.txt"] = Notices,
            ["Roundtable.Api/Notices/sbom.cdx.json"] = BillOfMaterials,
        };

    private static string Page()
    {
        var text = new StringBuilder(
            """
            # Dependencies

            What a publish contains besides .NET itself, with each package's licence, generated from the lock files of `Roundtable.Api`
            and of the dashboard. A change of packages fails `DependencyFileTests` until the files are written anew:
            `UPDATE_DEPENDENCIES=1 dotnet test --filter "FullyQualifiedName~DependencyFile"`. The same list, file by file, is in every
            publish as `THIRD-PARTY-NOTICES.txt`, with the licences' texts in `licenses/` and in `wwwroot/licenses.md`, and as a CycloneDX
            bill of materials, `sbom.cdx.json`.

            """
        );
        Table(text, "Referenced by the program", ShippedPackages.NuGet.Where(p => p.Direct));
        Table(text, "Required by those, or inside of them", ShippedPackages.NuGet.Where(p => !p.Direct).Append(ShippedPackages.SwaggerUi));
        Table(text, "In the dashboard's scripts", ShippedPackages.Npm);
        text.Append(
            """

            Proprietary: none on Linux and macOS. A publish for Windows (`-r win-x64`) also holds `Microsoft.Data.SqlClient.SNI.dll`, the
            SQL Server client's network library for that platform, under Microsoft's software licence; it is left out of every other
            publish.

            """
        );
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IEnumerable<ShippedPackage> packages)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| package | version | licence |\n|---|---|---|\n");
        foreach (var package in packages)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {package.Name} | {package.Version} | {package.Licence} |\n");
        }
    }

    private static string Notices()
    {
        var text = new StringBuilder(
            """
            Third-party notices

            Roundtable is under the MIT licence (LICENSE.txt). It contains the following packages, each under its own licence. The licence
            files that the packages bring are in the folder licenses; those of the packages in the dashboard's scripts are in
            wwwroot/licenses.md.

            """
        );
        foreach (var package in ShippedPackages.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{package.Name} {package.Version}\n  Licence: {package.Licence}\n");
            if (package.Copyright.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {package.Copyright.ReplaceLineEndings(" ")}\n");
            }

            var files =
                package.Files.Count > 0 ? string.Join(", ", package.Files)
                : package.Ecosystem == "npm" ? "bundled into wwwroot/assets"
                : "none of its own";
            text.Append(CultureInfo.InvariantCulture, $"  Files: {files}\n");
        }

        foreach (
            var file in Directory.GetFiles(Repository.PathOf("Roundtable.Tests", "SupplyChain", "Licences")).Order(StringComparer.Ordinal)
        )
        {
            var licence = File.ReadAllText(file).ReplaceLineEndings("\n").Trim();
            text.Append(CultureInfo.InvariantCulture, $"\n{new string('-', 80)}\n{Path.GetFileNameWithoutExtension(file)}\n\n{licence}\n");
        }

        return text.ToString();
    }

    private static string BillOfMaterials()
    {
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = "roundtable",
                    ["name"] = "Roundtable",
                    ["version"] = typeof(Program).Assembly.GetName().Version!.ToString(3),
                    ["licenses"] = Licences("MIT"),
                },
            },
            ["components"] = new JsonArray([.. ShippedPackages.All.Select(Component)]),
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Component(ShippedPackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.Url,
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["licenses"] = Licences(package.Licence),
            ["purl"] = package.Url,
        };
        if (package.Copyright.Length > 0)
        {
            component["copyright"] = package.Copyright;
        }

        if (package.Files.Count > 0)
        {
            component["evidence"] = new JsonObject
            {
                ["occurrences"] = new JsonArray([.. package.Files.Select(f => new JsonObject { ["location"] = f })]),
            };
        }

        return component;
    }

    // Text with spaces is an SPDX expression if it uses the SPDX operators, otherwise a name.
    private static JsonArray Licences(string licence) =>
        licence switch
        {
            _ when licence.Contains(" OR ", StringComparison.Ordinal) || licence.Contains(" AND ", StringComparison.Ordinal) =>
            [
                new JsonObject { ["expression"] = licence },
            ],
            _ when licence.Contains(' ', StringComparison.Ordinal) =>
            [
                new JsonObject { ["license"] = new JsonObject { ["name"] = licence } },
            ],
            _ => [new JsonObject { ["license"] = new JsonObject { ["id"] = licence } }],
        };
}
