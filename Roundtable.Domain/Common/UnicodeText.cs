using System.Globalization;
using System.Text;

namespace Roundtable.Domain.Common;

/// <summary>Converts text to its Unicode forms: for storage, for searching, and those in which a password can arrive.</summary>
public static class UnicodeText
{
    /// <summary>
    /// Returns form C, in which text is stored. Text that cannot be normalized (a lone surrogate, U+FFFE) stays unchanged; validation
    /// rejects it.
    /// </summary>
    public static string Nfc(string text) => Normalize(text, NormalizationForm.FormC);

    /// <summary>
    /// Returns the form that searching and sorting compare: no case, accents or invisible characters, compatibility characters
    /// replaced, one space between words and none around them.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var blank = false;
        foreach (var rune in Normalize(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                blank = folded.Length > 0;
            }
            else if (!IsIgnored(rune))
            {
                folded.Append(blank ? " " : "").Append(Letter(rune));
                blank = false;
            }
        }

        // Recomposes syllables, and letters whose marks are kept.
        return Normalize(folded.ToString(), NormalizationForm.FormC);
    }

    /// <summary>
    /// Returns the forms to compare with a stored hash: form C, now used for hashing; the text as typed, used earlier; and form D.
    /// </summary>
    public static IReadOnlyList<string> Forms(string password) =>
        [.. new[] { Nfc(password), password, Normalize(password, NormalizationForm.FormD) }.Distinct(StringComparer.Ordinal)];

    private static string Normalize(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsIgnored(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => IsAccent(rune.Value),
            _ => false,
        };

    // Marks of Latin, Greek, Cyrillic, Hebrew and Arabic, and those for any script. In Indic scripts and kana, a mark forms another letter.
    private static bool IsAccent(int mark) =>
        mark
            is < 0x0900
                or (>= 0x1AB0 and <= 0x1AFF)
                or (>= 0x1DC0 and <= 0x1DFF)
                or (>= 0x20D0 and <= 0x20FF)
                or (>= 0xFE00 and <= 0xFE2F);

    // Unicode does not treat strokes and ligatures as accents, but people who type a name without them do.
    private static string Letter(Rune rune) =>
        rune.Value switch
        {
            'ß' or 'ẞ' => "SS",
            'æ' or 'Æ' => "AE",
            'œ' or 'Œ' => "OE",
            'ø' or 'Ø' => "O",
            'ł' or 'Ł' => "L",
            'đ' or 'Đ' or 'ð' or 'Ð' => "D",
            'ħ' or 'Ħ' => "H",
            'þ' or 'Þ' => "TH",
            'ı' => "I",
            _ => Rune.ToUpperInvariant(rune).ToString(),
        };
}
