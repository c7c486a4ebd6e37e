using System.Globalization;
using System.Text.RegularExpressions;

namespace Roundtable.Application.Common;

/// <summary>
/// Parses ISO 8601 dates and date-times that clients send in bodies, queries and files. Values without an offset are UTC, regardless
/// of the server's time zone.
/// </summary>
public static partial class Iso8601
{
    public static readonly FieldError Problem = new("not_a_time", "This is not a time such as 2026-11-22T19:32:00Z.");

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(string? text, out DateTime timeUtc)
    {
        timeUtc = default;
        if (
            text is null
            || !Form().IsMatch(text)
            || !DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        )
        {
            return false;
        }

        timeUtc = time.UtcDateTime;
        return true;
    }

    // The formats alone would accept offsets such as +1.
    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Form();
}
