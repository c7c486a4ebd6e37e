namespace Roundtable.Application.Profiles;

/// <summary>A field that this installation adds to profiles; its value stands in <c>profile.extra</c>.</summary>
public sealed record ProfileFieldDto
{
    /// <summary>Its name in <c>extra</c>.</summary>
    /// <example>company</example>
    public required string Name { get; init; }

    /// <summary>What it holds. Dates are texts such as 2026-11-22, choices are texts.</summary>
    public required ProfileFieldType Type { get; init; }

    /// <summary>What to show beside it.</summary>
    /// <example>Company</example>
    public required string Label { get; init; }

    /// <summary>The same in other languages, by BCP 47 tag.</summary>
    /// <example>{"de":"Firma"}</example>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Texts: how many characters at the most; null for other types.</summary>
    /// <example>100</example>
    public required int? MaxLength { get; init; }

    /// <summary>Texts: a regular expression (.NET's) that the whole of it has to match; null for any text.</summary>
    public required string? Pattern { get; init; }

    /// <summary>Numbers: the least; null for no bound.</summary>
    public required decimal? Min { get; init; }

    /// <summary>Numbers: the most; null for no bound.</summary>
    public required decimal? Max { get; init; }

    /// <summary>Choices: what can be chosen; empty for other types.</summary>
    /// <example>[]</example>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Who may change it.</summary>
    public required ProfileFieldWriter WritableBy { get; init; }

    /// <summary>Who sees it.</summary>
    public required ProfileFieldViewer VisibleTo { get; init; }
}
