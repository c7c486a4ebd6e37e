using Roundtable.Application.Common;

namespace Roundtable.Application.Widgets;

/// <summary>What a new wid get is made of.</summary>
public sealed record WidgetDraft(string Name, string? Description)
{
    /// <summary>The reasons why it cannot be made, by field; null when it can.</summary>
    public Error? Check() => WidgetRules.Refusal(("name", WidgetRules.Name(Name)), ("description", WidgetRules.Description(Description)));
}

/// <summary>Changes to a wid get; what is absent stays, null clears.</summary>
public sealed record WidgetChanges(Optional<string?> Name, Optional<string?> Description)
{
    /// <summary>What is to change, for the audit log.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. new[] { (Field: "name", Name.IsPresent), (Field: "description", Description.IsPresent) }
                .Where(m => m.IsPresent)
                .Select(m => m.Field),
        ];

    /// <summary>The reasons why these changes cannot be made, by field; null when they can.</summary>
    public Error? Check() =>
        WidgetRules.Refusal(
            ("name", Name.IsPresent ? WidgetRules.Name(Name.Value) : null),
            ("description", Description.IsPresent ? WidgetRules.Description(Description.Value) : null)
        );
}
