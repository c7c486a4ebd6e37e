using System.Globalization;
using System.Reflection;

namespace Roundtable.Tests.Architecture;

/// <summary>Every row of the threat list has tests that carry its number: <c>[Category("threat-17")]</c>.</summary>
public sealed class ThreatTests
{
    private const int Rows = 65;

    [Test]
    public void EveryThreat_HasATestOfItsCategory()
    {
        var covered = Categories().ToHashSet(StringComparer.Ordinal);
        var missing = Enumerable.Range(1, Rows).Select(Category).Where(c => !covered.Contains(c));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Categories_AreSpelledConsistently()
    {
        var known = Enumerable.Range(1, Rows).Select(Category);
        Assert.That(Categories().Where(c => c.StartsWith("threat", StringComparison.OrdinalIgnoreCase)).Distinct().Except(known), Is.Empty);
    }

    private static string Category(int row) => $"threat-{row.ToString(CultureInfo.InvariantCulture)}";

    // Counts a fixture's category only if it has tests.
    private static IEnumerable<string> Categories() =>
        from type in typeof(ThreatTests).Assembly.GetTypes()
        let tests = type.GetMethods()
            .Where(m =>
                m.IsDefined(typeof(TestAttribute)) || m.IsDefined(typeof(TestCaseAttribute)) || m.IsDefined(typeof(TestCaseSourceAttribute))
            )
            .ToList()
        where tests.Count > 0
        from member in tests.Cast<MemberInfo>().Append(type)
        from category in member.GetCustomAttributes<CategoryAttribute>()
        select category.Name;
}
