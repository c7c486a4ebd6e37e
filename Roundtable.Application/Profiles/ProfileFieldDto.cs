namespace Roundtable.Application.Profiles;

/// <summary>A field that this installation adds to profiles; its value is in <c>profile.extra</c>.</summary>
public sealed record ProfileFieldDto
{
    /// <summary>The field's name in <c>extra</c>.</summary>
    /// <example>company</example>
    public required string Name { get; init; }

    /// <summary>The type of the value. Dates are strings such as 2026-11-22; choices are strings.</summary>
    public required ProfileFieldType Type { get; init; }

    /// <summary>The label to show.</summary>
    /// <example>Company</example>
    public required string Label { get; init; }

    /// <summary>The label in other languages, by BCP 47 tag.</summary>
    /// <example>{"de":"Firma"}</example>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Strings: the maximum length; null for other types.</summary>
    /// <example>100</example>
    public required int? MaxLength { get; init; }

    /// <summary>Strings: a .NET regular expression that must match the whole text; null for any text.</summary>
    public required string? Pattern { get; init; }

    /// <summary>Numbers: the minimum; null for no bound.</summary>
    public required decimal? Min { get; init; }

    /// <summary>Numbers: the maximum; null for no bound.</summary>
    public required decimal? Max { get; init; }

    /// <summary>Choices: the options; empty for other types.</summary>
    /// <example>[]</example>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Who may change it.</summary>
    public required ProfileFieldWriter WritableBy { get; init; }

    /// <summary>Who can see it.</summary>
    public required ProfileFieldViewer VisibleTo { get; init; }
}
