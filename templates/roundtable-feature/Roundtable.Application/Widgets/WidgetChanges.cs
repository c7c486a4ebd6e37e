using Roundtable.Application.Common;

namespace Roundtable.Application.Widgets;

/// <summary>The members of a new wid get.</summary>
public sealed record WidgetDraft(string Name, string? Description)
{
    /// <summary>Returns the validation errors by field; null if it is valid.</summary>
    public Error? Check() => WidgetRules.Refusal(("name", WidgetRules.Name(Name)), ("description", WidgetRules.Description(Description)));
}

/// <summary>Changes to a wid get; absent members stay unchanged, null clears.</summary>
public sealed record WidgetChanges(Optional<string?> Name, Optional<string?> Description)
{
    /// <summary>The changed members, for the audit log.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. new[] { (Field: "name", Name.IsPresent), (Field: "description", Description.IsPresent) }
                .Where(m => m.IsPresent)
                .Select(m => m.Field),
        ];

    /// <summary>Returns the validation errors by field; null if the changes are valid.</summary>
    public Error? Check() =>
        WidgetRules.Refusal(
            ("name", Name.IsPresent ? WidgetRules.Name(Name.Value) : null),
            ("description", Description.IsPresent ? WidgetRules.Description(Description.Value) : null)
        );
}
