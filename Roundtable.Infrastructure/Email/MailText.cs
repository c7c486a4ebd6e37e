using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Roundtable.Infrastructure.Email;

/// <summary>Text for mails: bounded, on one line, and without anything that a mail program would turn into a link.</summary>
internal static partial class MailText
{
    // In characters, of up to four bytes each; a line of a mail may hold 998 bytes.
    private const int LongestLine = 240;

    // .NET cannot normalise text that contains it.
    private const char Noncharacter = '\uFFFE';

    private static readonly Rune ZeroWidthNonJoiner = new('\u200C');
    private static readonly Rune ZeroWidthJoiner = new('\u200D');

    /// <summary>
    /// Returns one line of at most so many characters: control characters, line breaks and invisible characters (which could hide or
    /// reorder text) become spaces.
    /// </summary>
    public static string Plain(string text, int maxLength)
    {
        var plain = new StringBuilder();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Hidden(rune) || Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune;
            if (shown.Value == ' ' && (plain.Length == 0 || plain[^1] == ' '))
            {
                continue;
            }

            if (length++ == maxLength)
            {
                return plain.ToString().TrimEnd() + "…";
            }

            plain.Append(shown);
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>
    /// Like <see cref="Plain"/>, and nothing in it can pass for a link: mail programs link <c>scheme://</c>, names with dots such as
    /// <c>evil.example</c>, and addresses, so "://" is removed, a dot is separated from a letter that follows it ("evil. example", but
    /// also "J. R. Tolkien", and "1.2" stays), and "@" becomes "(at)". Very long words are split too.
    /// </summary>
    public static string Unlinked(string text, int maxLength)
    {
        // Plain runs first: it replaces unpaired surrogates, which cannot be normalised either.
        var plain = Plain(Plain(text, int.MaxValue).Replace(Noncharacter, ' ').Normalize(NormalizationForm.FormKC), maxLength);
        plain = Scheme().Replace(plain, " ").Replace("@", " (at) ", StringComparison.Ordinal);
        plain = Dot().Replace(plain, ". ");
        return Plain(LongWord().Replace(plain, "$0 "), int.MaxValue);
    }

    /// <summary>Finishes a rendered mail: no runs of empty lines, no line that the protocols would have to break or encode.</summary>
    public static string Tidy(string rendered)
    {
        var tidy = new StringBuilder();
        foreach (var line in EmptyLines().Replace(rendered.ReplaceLineEndings("\n").Trim(), "\n\n").Split('\n'))
        {
            Fold(line.TrimEnd(), tidy);
        }

        return tidy.ToString();
    }

    private static void Fold(string line, StringBuilder folded)
    {
        while (line.Length > LongestLine)
        {
            var blank = line.LastIndexOf(' ', LongestLine);
            blank = blank > 0 ? blank : line.IndexOf(' ', LongestLine);
            if (blank < 0)
            {
                break;
            }

            folded.Append(line, 0, blank).Append('\n');
            line = line[(blank + 1)..];
        }

        folded.Append(line).Append('\n');
    }

    private static bool Hidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            // Joiners shape emoji and several scripts.
            UnicodeCategory.Format => rune != ZeroWidthJoiner && rune != ZeroWidthNonJoiner,
            _ => false,
        };

    [GeneratedRegex(@":\s*/\s*/+|:\\\\+")]
    private static partial Regex Scheme();

    // No name goes on after a closing bracket, so that "(abc…)", normalised, stays in one piece.
    [GeneratedRegex(@"[.\u3002](?=[^\s\d.)])")]
    private static partial Regex Dot();

    [GeneratedRegex(@"\S{60}")]
    private static partial Regex LongWord();

    [GeneratedRegex(@"\n(?:[ \t]*\n){2,}")]
    private static partial Regex EmptyLines();
}
