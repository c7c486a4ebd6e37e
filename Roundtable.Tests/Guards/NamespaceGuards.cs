using System.Reflection;

namespace Roundtable.Tests.Guards;

/// <summary>The references between namespaces, from the compiled code.</summary>
internal static class NamespaceGuards
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Returns namespaces of an assembly that form a cycle.</summary>
    public static IEnumerable<string> NamespacesFormNoCycle(IReadOnlyCollection<Type> types, string assembly)
    {
        var known = References(types)
            .GroupBy(r => r.From.Namespace!)
            .ToDictionary(g => g.Key, g => g.Select(r => r.To.Namespace!).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        return known
            .Keys.Where(n => Reached(n, known).Contains(n))
            .Order(StringComparer.Ordinal)
            .Select(n =>
                $"{n} of {assembly} has a dependency cycle "
                + $"({string.Join(", ", known[n].Where(to => Reached(to, known).Contains(n)))}): move shared code inward, or "
                + "declare an interface there."
            );
    }

    /// <summary>Returns types outside a namespace that refer into it, except the allowed ones.</summary>
    public static IEnumerable<string> NamespaceIsReferencedOnlyBy(
        IReadOnlyCollection<Type> types,
        string name,
        IReadOnlyCollection<string> allowed
    ) =>
        References(types)
            .Where(r => IsWithin(r.To, name) && !IsWithin(r.From, name))
            .Select(r => r.From.Name)
            .Distinct(StringComparer.Ordinal)
            .Except(allowed, StringComparer.Ordinal)
            .Select(from => $"{from} uses {name}, which only these may use: {string.Join(", ", allowed)}.");

    /// <summary>
    /// Returns references between features that are not allowed, and allowed ones that do not exist. A feature is a namespace directly
    /// below the root; one that is not listed may use all others, and none of the listed ones may use it. All may use Common.
    /// </summary>
    public static IEnumerable<string> FeaturesReferenceOnlyAllowed(
        IReadOnlyCollection<Type> types,
        string root,
        IReadOnlyDictionary<string, string[]> allowed
    )
    {
        var found = References(types)
            .Select(r => (From: Feature(r.From, root), To: Feature(r.To, root)))
            .Where(r => r.From is not null && r.To is not (null or "Common") && r.From != r.To && allowed.ContainsKey(r.From))
            .Select(r => $"{r.From} -> {r.To}")
            .ToHashSet(StringComparer.Ordinal);
        var listed = allowed.SelectMany(f => f.Value.Select(to => $"{f.Key} -> {to}")).ToList();
        return found
            .Except(listed)
            .Select(arrow => $"{arrow} is not allowed in {root}: use an event or a port, or allow it if it creates no cycle.")
            .Concat(listed.Except(found).Select(arrow => $"{arrow} is allowed in {root} but not used: remove it from the list."))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The references of a namespace besides itself, .NET and the allowed ones.</summary>
    public static IEnumerable<string> NamespaceReferencesOnly(
        IReadOnlyCollection<Type> types,
        string name,
        IReadOnlyCollection<string> allowed
    ) =>
        types
            .Where(t => IsWithin(t, name))
            .SelectMany(t => Mentioned(t).Select(to => (From: t, To: to)))
            .Where(r => r.To.Namespace is not null && !IsWithin(r.To, name) && !allowed.Append("System").Any(n => IsWithin(r.To, n)))
            .Select(r => $"{r.From.Name} uses {r.To.FullName}: {name} may use only {string.Join(", ", allowed)}.")
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<(Type From, Type To)> References(IReadOnlyCollection<Type> types) =>
        from type in types
        from to in Mentioned(type)
        where to.Assembly == type.Assembly && to.Namespace != type.Namespace && to.Namespace is not null
        select (Outer(type), Outer(to));

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static string? Feature(Type type, string root) =>
        type.Namespace!.StartsWith($"{root}.", StringComparison.Ordinal) ? type.Namespace[(root.Length + 1)..].Split('.')[0] : null;

    private static bool IsWithin(Type type, string name) =>
        type.Namespace == name || type.Namespace?.StartsWith($"{name}.", StringComparison.Ordinal) is true;

    private static HashSet<string> Reached(string from, Dictionary<string, HashSet<string>> known)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([from]);
        while (next.TryPop(out var name))
        {
            foreach (var to in known.GetValueOrDefault(name) ?? [])
            {
                if (reached.Add(to))
                {
                    next.Push(to);
                }
            }
        }

        return reached;
    }

    /// <summary>Returns the types in the signatures and bodies of a type and its nested types, including compiler-generated ones.</summary>
    private static IEnumerable<Type> Mentioned(Type type) =>
        new[] { type.BaseType }
            .Concat(type.GetInterfaces())
            .Concat(type.GetFields(All).Select(f => f.FieldType))
            .Concat(type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(Mentioned))
            .Concat(type.GetNestedTypes(All).SelectMany(Mentioned))
            .OfType<Type>()
            .SelectMany(Parts)
            .Distinct();

    private static IEnumerable<Type?> Mentioned(MethodBase method) =>
        method
            .GetParameters()
            .Select(p => p.ParameterType)
            .Append((method as MethodInfo)?.ReturnType)
            .Concat(method.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])
            .Concat(CallGraph.TypesIn(method));

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
        : type.IsGenericParameter ? []
        : [type];
}
