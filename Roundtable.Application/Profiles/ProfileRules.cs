using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Profiles;

/// <summary>Validates profile members; each rule returns the problem, or null.</summary>
public static partial class ProfileRules
{
    public static FieldError? Name(string? name) =>
        name switch
        {
            null => new FieldError("required", "The name cannot be removed."),
            _ when IsBlank(name) => FieldErrors.Blank("name"),
            _ when name.EnumerateRunes().Count() > User.NameMaxLength => FieldErrors.TooLong("name", User.NameMaxLength),
            _ => Text(name),
        };

    public static FieldError? Bio(string? bio) =>
        bio switch
        {
            null => null,
            { Length: > UserProfile.BioMaxLength } => FieldErrors.TooLong("bio", UserProfile.BioMaxLength),
            _ => Text(bio, lineBreaks: true),
        };

    public static FieldError? Image(string? image) =>
        image is null
        || (
            image.Length <= User.ImageMaxLength
            && Uri.TryCreate(image, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && image.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0
            && !image.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        )
            ? null
            : new FieldError(
                "not_a_url",
                $"The image must be an http or https address of at most {User.ImageMaxLength} characters.",
                Max: User.ImageMaxLength
            );

    public static FieldError? Locale(string? locale) =>
        locale is null || (locale.Length <= UserProfile.LocaleMaxLength && LanguageTag().IsMatch(locale))
            ? null
            : new FieldError("not_a_locale", "The locale must be a BCP 47 language tag, such as en or de-AT.");

    public static FieldError? TimeZone(string? zone) =>
        zone is null
        || (
            zone.Length <= UserProfile.TimeZoneMaxLength
            && IanaName().IsMatch(zone)
            && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            && found.HasIanaId
        )
            ? null
            : new FieldError("not_a_time_zone", "The time zone must be an IANA name, such as Europe/Vienna.");

    /// <summary>Rejects control characters, unpaired surrogates, noncharacters and bidirectional controls that can disguise text.</summary>
    public static FieldError? Text(string text, bool lineBreaks = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isLineBreak = c is '\n' or '\r';
            if (char.IsSurrogate(c))
            {
                if (!char.IsSurrogatePair(text, i) || IsNoncharacter(char.ConvertToUtf32(text, i)))
                {
                    return FieldErrors.InvalidUnicode;
                }

                i++;
            }
            else if (IsNoncharacter(c))
            {
                return FieldErrors.InvalidUnicode;
            }
            else if (
                (char.IsControl(c) && !(lineBreaks && isLineBreak))
                || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029'
            )
            {
                return new FieldError("bad_characters", "The text must not contain control characters.");
            }
        }

        return null;
    }

    // Unicode guarantees that these are never characters; .NET refuses to normalise text with U+FFFE.
    private static bool IsNoncharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    // Joiners, direction marks and similar characters are invisible on their own.
    internal static bool IsBlank(string text) =>
        text.EnumerateRunes().All(r => Rune.IsWhiteSpace(r) || Rune.GetUnicodeCategory(r) == UnicodeCategory.Format);

    [GeneratedRegex(
        "^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}" // language
            + "(-[A-Za-z]{4})?" // script
            + "(-([A-Za-z]{2}|[0-9]{3}))?" // region
            + "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*" // variants
            + "(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*" // extensions
            + "(-x(-[A-Za-z0-9]{1,8})+)?\\z"
    )]
    private static partial Regex LanguageTag();

    // All IANA names start with a capital; the database's other files (localtime, posixrules, right/…) do not.
    [GeneratedRegex("^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\\z")]
    private static partial Regex IanaName();
}
