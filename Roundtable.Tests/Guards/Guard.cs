using System.Reflection;

namespace Roundtable.Tests.Guards;

/// <summary>
/// A rule as a function: what it looks at goes in, a sentence for each breach comes out that says what to do. Tests apply each to the product;
/// <see cref="GuardTests"/> show that each notices a specimen that breaks it. Every public method of a class <c>…Guards</c> here is one.
/// </summary>
internal sealed record Guard(string Name, Func<Subject, IEnumerable<string>> Check)
{
    public static IReadOnlyList<Guard> All { get; } =
    [
        .. from type in typeof(Guard).Assembly.GetTypes()
           where type.Namespace == typeof(Guard).Namespace && type.Name.EndsWith("Guards", StringComparison.Ordinal)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           select Of(method.CreateDelegate<Func<Subject, IEnumerable<string>>>()),
    ];

    public static Guard Of(Func<Subject, IEnumerable<string>> check) => new($"{check.Method.DeclaringType!.Name}.{check.Method.Name}", check);

    public override string ToString() => Name;
}

internal static class GuardExtensions
{
    /// <summary>Asserts that there is no breach, and shows each in full otherwise.</summary>
    public static void ShouldBeEmpty(this IEnumerable<string> breaches) => Assert.That(string.Join("\n\n", breaches), Is.Empty);
}
