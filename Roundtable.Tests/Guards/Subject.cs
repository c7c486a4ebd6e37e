using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards;

/// <summary>What guards inspect: the product, or a specimen that breaks a rule. Guards report nothing about absent parts.</summary>
internal sealed record Subject
{
    public IReadOnlyList<Type> Domain { get; init; } = [];

    public IReadOnlyList<Type> Application { get; init; } = [];

    public IReadOnlyList<Type> Infrastructure { get; init; } = [];

    public IReadOnlyList<Type> Api { get; init; } = [];

    /// <summary>Whether a type is registered; null without a service container.</summary>
    public Func<Type, bool>? Registered { get; init; }

    /// <summary>The permissions that a role can grant.</summary>
    public IReadOnlyCollection<string> Permissions { get; init; } = [];

    public IReadOnlyList<SourceFile> Sources { get; init; } = [];

    public IReadOnlyList<Project> Projects { get; init; } = [];

    /// <summary>The API document.</summary>
    public ServedDocument? Document { get; init; }

    /// <summary>The model's tables for one database.</summary>
    public IReadOnlyList<ITable> Tables { get; init; } = [];

    /// <summary>The tables that grow with use.</summary>
    public IReadOnlyList<string> Growing { get; init; } = [];

    public IReadOnlyList<ExplainedStatement> Statements { get; init; } = [];

    /// <summary>Exceptions to the rule, by name; each is a deliberate decision.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    public IEnumerable<Type> Types => [.. Domain, .. Application, .. Infrastructure, .. Api];

    public IEnumerable<Type> Controllers => Api.Where(t => typeof(ControllerBase).IsAssignableFrom(t) && !t.IsAbstract);

    public IEnumerable<MethodInfo> Actions =>
        Controllers
            .SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(HttpMethodAttribute)));

    public IReadOnlyList<Operation> Operations => Document?.Operations ?? [];

    /// <summary>Returns a sentence for each violation that is not an exception, and for each exception that is not needed.</summary>
    public IEnumerable<string> ExceptListed(IEnumerable<string> found, Func<string, string> sentence)
    {
        var all = found.ToList();
        return all.Except(Exceptions)
            .Select(sentence)
            .Concat(Exceptions.Except(all).Select(n => $"{n} is an exception that is no longer needed: remove it from the test's list."));
    }
}

/// <summary>A C# file.</summary>
/// <param name="Path">Relative to the repository, separated by slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>A project: the references in its file, and those of its compiled assembly.</summary>
internal sealed record Project(
    string Name,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Assemblies
);
