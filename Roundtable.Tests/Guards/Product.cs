using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Guards;

/// <summary>The product as guards see it.</summary>
internal static class Product
{
    private static readonly Assembly Domain = typeof(Roundtable.Domain.Users.User).Assembly;
    private static readonly Assembly Application = typeof(Roundtable.Application.DependencyInjection).Assembly;
    private static readonly Assembly Infrastructure = typeof(Roundtable.Infrastructure.DependencyInjection).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;

    /// <summary>The types of the four layers, without compiler-generated ones.</summary>
    public static Subject Types { get; } =
        new()
        {
            Domain = Own(Domain),
            Application = Own(Application),
            Infrastructure = Own(Infrastructure),
            Api = Own(Api),
            Permissions = Permissions.All,
        };

    public static Subject Sources { get; } = new() { Sources = [.. Repository.ProductFiles().Select(Read)] };

    public static Subject Tests { get; } = new() { Sources = [.. Repository.FilesOf("Roundtable.Tests").Select(Read)] };

    /// <summary>The dashboard, the clients and the benchmarks.</summary>
    public static Subject Scripts { get; } = new() { Sources = [.. Repository.Scripts().Select(Read)] };

    public static Project ProjectOf(string name)
    {
        var file = XDocument.Load(Repository.PathOf(name, $"{name}.csproj"));
        var assembly = new[] { Domain, Application, Infrastructure, Api }.Single(a => a.GetName().Name == name);
        return new Project(
            name,
            [.. Items(file, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))],
            [.. Items(file, "PackageReference"), .. Items(file, "FrameworkReference")],
            [.. assembly.GetReferencedAssemblies().Select(r => r.Name!)]
        );
    }

    private static IEnumerable<string> Items(XDocument project, string kind) =>
        project.Descendants(kind).Select(i => (string)i.Attribute("Include")!);

    private static SourceFile Read(string file) =>
        new(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file));

    private static List<Type> Own(Assembly assembly) =>
        [
            .. assembly
                .GetTypes()
                .Where(t =>
                    t.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
                    && !t.Namespace.EndsWith("Migrations", StringComparison.Ordinal)
                    && !t.Name.Contains('<', StringComparison.Ordinal)
                    && !t.IsDefined(typeof(CompilerGeneratedAttribute))
                    && t.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) is not true
                ),
        ];
}
