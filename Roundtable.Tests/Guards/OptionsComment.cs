using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Roundtable.Tests.Guards;

/// <summary>An option's comment: its meaning, and the default that it states.</summary>
/// <param name="Default">In words; "none" also if the comment states none.</param>
internal sealed partial record OptionsComment(string Meaning, string Default, bool NamesDefault, bool IsSecret)
{
    public static OptionsComment Of(PropertyInfo property)
    {
        var summary = OptionsComments.Summary(property);
        var stated = DefaultPhrase().Match(summary);
        var meaning = stated.Success
            ? summary.Remove(stated.Index, stated.Length)
            : NoDefaultPhrase().Replace(summary, m => m.Groups["rest"].Value.ToUpperInvariant());
        var isSecret = meaning.Contains("A secret", StringComparison.Ordinal);
        return new OptionsComment(
            meaning.Replace(" A secret.", "", StringComparison.Ordinal).Trim(),
            stated.Success ? stated.Groups["default"].Value : "none",
            stated.Success,
            isSecret
        );
    }

    /// <summary>Formats the value as in a setting; null if that is not informative.</summary>
    public static string? Literal(object? value) =>
        value switch
        {
            null or "" => null,
            bool flag => flag ? "true" : "false",
            string text => text,
            IEnumerable => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    public static string Human(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 1 } when span.TotalDays % 1 == 0 => Count(span.TotalDays, "day"),
            { TotalHours: >= 1 } when span.TotalHours % 1 == 0 => Count(span.TotalHours, "hour"),
            { TotalMinutes: >= 1 } when span.TotalMinutes % 1 == 0 => Count(span.TotalMinutes, "minute"),
            _ => Count(span.TotalSeconds, "second"),
        };

    private static string Count(double number, string unit) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";

    [GeneratedRegex(@"\s*Default: (?<default>.*?)\.(?=\s|$)")]
    private static partial Regex DefaultPhrase();

    [GeneratedRegex(@"No default([;:] (?<rest>\w)|\.)")]
    private static partial Regex NoDefaultPhrase();
}
