namespace Roundtable.Tests.Guards;

/// <summary>References point inward only.</summary>
internal static class LayerGuards
{
    private static readonly Dictionary<string, string[]> Inward = new()
    {
        ["Roundtable.Domain"] = [],
        ["Roundtable.Application"] = ["Roundtable.Domain"],
        ["Roundtable.Infrastructure"] = ["Roundtable.Application", "Roundtable.Domain"],
        ["Roundtable.Api"] = ["Roundtable.Application", "Roundtable.Infrastructure"],
    };

    // The assemblies besides .NET that the two inner layers may use: no database, no web. Identity's managers and entities use neither.
    private static readonly Dictionary<string, string[]> Assemblies = new()
    {
        ["Roundtable.Domain"] = ["Microsoft.Extensions.Identity.Stores"],
        ["Roundtable.Application"] =
        [
            "Roundtable.Domain",
            "AutoMapper",
            "Microsoft.Extensions.Identity.Core",
            "Microsoft.Extensions.Identity.Stores",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options",
        ],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Roundtable.Domain"] = ["Microsoft.Extensions.Identity.Stores"],
        ["Roundtable.Application"] = ["AutoMapper", "System.IO.Hashing"],
    };

    public static IEnumerable<string> ProjectsReferenceInward(Subject subject) =>
        from project in subject.Projects
        from reference in project.Projects
        where reference != "Microsoft.SqlServer.Server" && !Inward[project.Name].Contains(reference)
        select $"{project.Name} references the project {reference}, which is not an inner layer: declare an interface in "
            + "Roundtable.Application and implement it in an outer layer.";

    public static IEnumerable<string> AssembliesReferenceInward(Subject subject) =>
        from project in subject.Projects
        from reference in project.Assemblies
        where
            Assemblies.TryGetValue(project.Name, out var allowed)
                ? !IsRuntime(reference) && !allowed.Contains(reference)
                : reference.StartsWith("Roundtable.", StringComparison.Ordinal)
                    && !Inward[project.Name].Append("Roundtable.Domain").Contains(reference)
        select $"The code of {project.Name} uses {reference}, which that layer must not use: declare an interface in "
            + "Roundtable.Application and implement it in an outer layer.";

    public static IEnumerable<string> InnerLayersHaveNoPackages(Subject subject) =>
        from project in subject.Projects
        where Packages.ContainsKey(project.Name)
        from package in project.Packages
        where !Packages[project.Name].Contains(package)
        let allowed = string.Join(", ", Packages[project.Name])
        select $"{project.Name} references the package {package}, which is not one of {allowed}: move the code to "
            + "Roundtable.Infrastructure, behind an interface.";

    private static bool IsRuntime(string name) =>
        name is "netstandard" or "mscorlib" || name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
