namespace Roundtable.Infrastructure.Sqlite.Statements;

/// <summary>Times in the provider's format: UTC, and comparable as text.</summary>
internal static class TimeText
{
    public const string Format = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    private const int SecondsEnd = 19;
    private const int FractionDigits = 7;

    /// <summary>
    /// Parses times in <see cref="Format"/>. The framework's parser tries every order of day and month, which took longer than reading a
    /// page of users.
    /// </summary>
    public static DateTime Parse(ReadOnlySpan<byte> utf8)
    {
        if (
            utf8.Length < SecondsEnd
            || utf8.Length > SecondsEnd + 1 + FractionDigits
            || (utf8.Length > SecondsEnd && utf8[SecondsEnd] != '.')
        )
        {
            throw new FormatException("The time has an unexpected format.");
        }

        var time = new DateTime(
            Number(utf8[..4]),
            Number(utf8[5..7]),
            Number(utf8[8..10]),
            Number(utf8[11..13]),
            Number(utf8[14..16]),
            Number(utf8[17..SecondsEnd]),
            DateTimeKind.Utc
        );
        if (utf8.Length == SecondsEnd)
        {
            return time;
        }

        var fraction = utf8[(SecondsEnd + 1)..];
        var ticks = Number(fraction);
        for (var digits = fraction.Length; digits < FractionDigits; digits++)
        {
            ticks *= 10;
        }

        return time.AddTicks(ticks);
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = digit is >= (byte)'0' and <= (byte)'9'
                ? (10 * number) + digit - '0'
                : throw new FormatException("The time has an unexpected format.");
        }

        return number;
    }
}
