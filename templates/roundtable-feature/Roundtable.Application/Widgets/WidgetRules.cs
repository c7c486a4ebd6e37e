using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>Validates the members of a wid get; each method returns the reason for a rejection, or null.</summary>
public static class WidgetRules
{
    public static FieldError? Name(string? name) =>
        name switch
        {
            null => new FieldError("required", "The name cannot be removed."),
            _ when string.IsNullOrWhiteSpace(name) => FieldErrors.Blank("name"),
            { Length: > Widget.NameMaxLength } => FieldErrors.TooLong("name", Widget.NameMaxLength),
            _ => ProfileRules.Text(name),
        };

    public static FieldError? Description(string? description) =>
        description switch
        {
            null => null,
            { Length: > Widget.DescriptionMaxLength } => FieldErrors.TooLong("description", Widget.DescriptionMaxLength),
            _ => ProfileRules.Text(description, lineBreaks: true),
        };

    /// <summary>Returns the error that names each rejected member with its reason; null if there is none.</summary>
    public static Error? Refusal(params IEnumerable<(string Field, FieldError? Reason)> members)
    {
        var problems = members.Where(m => m.Reason is not null).ToDictionary(m => m.Field, m => new[] { m.Reason! });
        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }
}
