namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// Trigrams, each as one number of three code points with 21 bits each. Not as text: no collation affects equality, and none contains
/// half of a surrogate pair, which the driver would replace.
/// </summary>
internal static class Trigrams
{
    private const int Length = 3;
    private const int Bits = 21;

    /// <summary>All trigrams of the text, each once, none across two lines; none if it is shorter.</summary>
    public static IEnumerable<long> Of(string text) => text.Split('\n').SelectMany(OfLine).Distinct();

    private static IEnumerable<long> OfLine(string line)
    {
        var runes = line.EnumerateRunes().Select(r => (long)r.Value).ToArray();
        for (var i = 0; i <= runes.Length - Length; i++)
        {
            yield return (runes[i] << (2 * Bits)) | (runes[i + 1] << Bits) | runes[i + 2];
        }
    }
}
