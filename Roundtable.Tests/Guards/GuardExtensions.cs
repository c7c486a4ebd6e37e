namespace Roundtable.Tests.Guards;

internal static class GuardExtensions
{
    /// <summary>Asserts that there is no breach, and shows each in full otherwise.</summary>
    public static void ShouldBeEmpty(this IEnumerable<string> breaches) => Assert.That(string.Join("\n\n", breaches), Is.Empty);
}
