using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards;

/// <summary>What guards look at: the product, or a specimen that breaks a rule. No guard finds fault with what is not given.</summary>
internal sealed record Subject
{
    public IReadOnlyList<Type> Domain { get; init; } = [];

    public IReadOnlyList<Type> Application { get; init; } = [];

    public IReadOnlyList<Type> Infrastructure { get; init; } = [];

    public IReadOnlyList<Type> Api { get; init; } = [];

    /// <summary>Whether a type can be asked for; null where nothing is put together.</summary>
    public Func<Type, bool>? Registered { get; init; }

    /// <summary>The permissions that a role can give.</summary>
    public IReadOnlyCollection<string> Permissions { get; init; } = [];

    public IReadOnlyList<SourceFile> Sources { get; init; } = [];

    public IReadOnlyList<Project> Projects { get; init; } = [];

    /// <summary>The API's document.</summary>
    public ServedDocument? Document { get; init; }

    /// <summary>The model's tables, as one database has them.</summary>
    public IReadOnlyList<ITable> Tables { get; init; } = [];

    /// <summary>The tables that grow with use.</summary>
    public IReadOnlyList<string> Growing { get; init; } = [];

    public IReadOnlyList<ExplainedStatement> Statements { get; init; } = [];

    /// <summary>What the rule lets pass by name; whoever lists it has thought about it.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    public IEnumerable<Type> Types => [.. Domain, .. Application, .. Infrastructure, .. Api];

    public IEnumerable<Type> Controllers => Api.Where(t => typeof(ControllerBase).IsAssignableFrom(t) && !t.IsAbstract);

    public IEnumerable<MethodInfo> Actions =>
        Controllers
            .SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(HttpMethodAttribute)));

    public IReadOnlyList<Operation> Operations => Document?.Operations ?? [];

    /// <summary>A sentence for each that is found and not let pass by name, and for each name that nothing needs any more.</summary>
    public IEnumerable<string> Unnamed(IEnumerable<string> found, Func<string, string> sentence)
    {
        var all = found.ToList();
        return all.Except(Named)
            .Select(sentence)
            .Concat(
                Named
                    .Except(all)
                    .Select(n =>
                        $"{n} is let pass by name, but nothing is to be let pass there any more: take the name out of the test's list."
                    )
            );
    }
}

/// <summary>A C# file.</summary>
/// <param name="Path">From the repository's root, parted by slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>A project: what its file refers to, and what the compiled assembly does.</summary>
internal sealed record Project(
    string Name,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Assemblies
);
