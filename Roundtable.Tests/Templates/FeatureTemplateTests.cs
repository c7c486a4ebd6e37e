using System.Diagnostics;
using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Templates;

/// <summary>
/// The output of <c>dotnet new roundtable-feature</c>. <c>templates/verify</c>, which takes minutes, shows that it compiles, migrates
/// and passes its own tests and every guard.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class FeatureTemplateTests
{
    // The exit code of dotnet new if it was not allowed to run the post-action script.
    private const int WithoutTheScript = 104;

    private static readonly string[] Expected =
    [
        "Roundtable.Api/Projects/AdminProjectsController.cs",
        "Roundtable.Api/Projects/ProjectCallersController.cs",
        "Roundtable.Api/Projects/ProjectRequests.cs",
        "Roundtable.Api/Projects/ProjectsController.cs",
        "Roundtable.Application/Audit/AuditActions.Projects.cs",
        "Roundtable.Application/Projects/IProjectRepository.cs",
        "Roundtable.Application/Projects/ProjectAdminService.cs",
        "Roundtable.Application/Projects/ProjectChanges.cs",
        "Roundtable.Application/Projects/ProjectData.cs",
        "Roundtable.Application/Projects/ProjectDto.cs",
        "Roundtable.Application/Projects/ProjectEditor.cs",
        "Roundtable.Application/Projects/ProjectErrors.cs",
        "Roundtable.Application/Projects/ProjectMappingProfile.cs",
        "Roundtable.Application/Projects/ProjectRules.cs",
        "Roundtable.Application/Projects/ProjectService.cs",
        "Roundtable.Domain/Projects/Project.cs",
        "Roundtable.Domain/Roles/Permissions.Projects.cs",
        "Roundtable.Infrastructure/Persistence/Configurations/ProjectConfiguration.cs",
        "Roundtable.Infrastructure/Persistence/Repositories/ProjectRepository.cs",
        "Roundtable.Tests/Projects/AdminProjectsTests.cs",
        "Roundtable.Tests/Projects/ProjectCallersTests.cs",
        "Roundtable.Tests/Projects/ProjectListTests.cs",
        "Roundtable.Tests/Projects/ProjectTests.cs",
        "Roundtable.Tests/Projects/ProjectsFeature.cs",
        "Roundtable.Tests/Projects/ProjectsTests.cs",
    ];

    private readonly TempFolder folder = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> made = [];

    [OneTimeSetUp]
    public void Make()
    {
        // Uses its own hive, so that the developer's templates do not change.
        DotnetNew("install", Repository.PathOf("templates", "roundtable-feature"));
        foreach (var name in (string[])["Projects", "PurchaseOrders", "Addresses"])
        {
            var root = folder.PathOf(name);
            DotnetNew("roundtable-feature", "--name", name, "--output", root, "--allow-scripts", "No", "--no-update-check");
            made[name] = Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .ToDictionary(f => Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText);
        }
    }

    [OneTimeTearDown]
    public void Remove() => folder.Dispose();

    [TestCase("Projects", "Project")]
    [TestCase("PurchaseOrders", "PurchaseOrder")]
    [TestCase("Addresses", "Address")]
    public void Files_HaveTheFeaturesName(string name, string entity) =>
        Assert.That(
            made[name].Keys,
            Is.EquivalentTo(
                Expected.Select(f =>
                    f.Replace("Projects", name, StringComparison.Ordinal).Replace("Project", entity, StringComparison.Ordinal)
                )
            )
        );

    [Test]
    public void Files_ContainNoTemplateNames([Values("Projects", "PurchaseOrders", "Addresses")] string name) =>
        Assert.That(
            made[name]
                .Where(f => Leftover().IsMatch(f.Key) || Leftover().IsMatch(f.Value))
                .Select(f => $"{f.Key}: {Leftover().Match(f.Value).Value}"),
            Is.Empty
        );

    [TestCase(
        "Projects",
        "projects:read",
        "api/v1/projects",
        "\"project.created\"",
        "\"listProjects\"",
        "List your projects.",
        "A project;",
        "Name => \"projects\""
    )]
    [TestCase(
        "PurchaseOrders",
        "purchase-orders:read",
        "api/v1/purchase-orders",
        "\"purchaseOrder.created\"",
        "\"listPurchaseOrders\"",
        "List your purchase orders.",
        "Make a purchase order.",
        "Name => \"purchaseOrders\""
    )]
    [TestCase(
        "Addresses",
        "addresses:read",
        "api/v1/addresses",
        "\"address.created\"",
        "\"listAddresses\"",
        "List your addresses.",
        "Make an address.",
        "An address;",
        "ToTable(\"Addresses\")"
    )]
    public void Names_HaveTheFormOfTheirContext(string name, params string[] texts)
    {
        var all = string.Concat(made[name].Values);
        Assert.That(texts.Where(t => !all.Contains(t, StringComparison.Ordinal)), Is.Empty);
    }

    // In the order of dotnet format, wherever the feature's name sorts.
    [Test]
    public void Usings_AreSorted([Values("Projects", "PurchaseOrders", "Addresses")] string name)
    {
        foreach (var (file, text) in made[name])
        {
            var usings = Using().Matches(text).Select(m => m.Groups["name"].Value).ToList();
            Assert.That(
                usings,
                Is.EqualTo(
                    usings.OrderBy(u => !u.StartsWith("System", StringComparison.Ordinal)).ThenBy(u => u, StringComparer.OrdinalIgnoreCase)
                ),
                file
            );
        }
    }

    [Test]
    public void Guide_DescribesEachFile()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "adding-a-feature.md"));
        Assert.That(Expected.Select(Path.GetFileName).Where(f => !guide.Contains($"`{f}`", StringComparison.Ordinal)), Is.Empty);
    }

    private void DotnetNew(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet"
        )
        {
            WorkingDirectory = folder.Name,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["new", .. arguments, "--debug:custom-hive", folder.PathOf(".hive")])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(
            process.ExitCode,
            Is.Zero.Or.EqualTo(WithoutTheScript),
            $"dotnet new {string.Join(' ', arguments)}\n{output}\n{errors.Result}"
        );
    }

    [GeneratedRegex("wid[- ]?get|^#|sortsBefore|TODO|FIXME", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Leftover();

    [GeneratedRegex("^using (?<name>[\\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
