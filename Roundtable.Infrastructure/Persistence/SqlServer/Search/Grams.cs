namespace Roundtable.Infrastructure.Persistence.SqlServer.Search;

/// <summary>
/// Sequences of three characters, each as one number: 21 bits a code point. Not as text: no collation has a say in what is the same, and
/// none holds half of a character that takes two units, which the driver would replace.
/// </summary>
internal static class Grams
{
    private const int Length = 3;
    private const int Bits = 21;

    /// <summary>All sequences in the text, each once, none across two lines; none where it is shorter.</summary>
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
