namespace Roundtable.Tests.Guards;

internal static class GuardExtensions
{
    /// <summary>Asserts that there are no violations; otherwise shows each in full.</summary>
    public static void ShouldBeEmpty(this IEnumerable<string> violations) => Assert.That(string.Join("\n\n", violations), Is.Empty);
}
