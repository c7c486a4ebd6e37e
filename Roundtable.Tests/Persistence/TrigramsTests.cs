using FsCheck.Fluent;
using Roundtable.Infrastructure.Persistence.SqlServer.Search;
using Roundtable.Tests.Properties;

namespace Roundtable.Tests.Persistence;

/// <summary>Trigrams as numbers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TrigramsTests
{
    [TestCase("", 0)]
    [TestCase("AB", 0)]
    [TestCase("🦊🦊", 0, Description = "four units, and two characters")]
    [TestCase("ABC", 1)]
    [TestCase("AAAA", 1)]
    [TestCase("🦊🦊🦊A", 2)]
    [TestCase("AB\nCD", 0)]
    public void Trigrams_HaveThreeCharacters(string text, int expected) => Assert.That(Trigrams.Of(text).Count(), Is.EqualTo(expected));

    [Test]
    public void Trigrams_AreDistinct_ForDifferentTexts()
    {
        var tried = Texts
            .Any.Where(t => t.EnumerateRunes().Count() == 3 && !t.Contains('\n', StringComparison.Ordinal))
            .Sample(3000)
            .Distinct()
            .ToList();
        Assert.That(tried, Has.Count.GreaterThan(1000), "too few samples");
        Assert.That(tried.SelectMany(Trigrams.Of).Distinct().Count(), Is.EqualTo(tried.Count));
    }
}
