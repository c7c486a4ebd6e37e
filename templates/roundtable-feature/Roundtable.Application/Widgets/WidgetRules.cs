using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Widgets;

namespace Roundtable.Application.Widgets;

/// <summary>What the members of a wid get may hold; each answers the reason why not, or null.</summary>
public static class WidgetRules
{
    public static string? Name(string? name) =>
        name switch
        {
            null => "The name cannot be removed.",
            _ when string.IsNullOrWhiteSpace(name) => "The name must not be blank.",
            { Length: > Widget.NameMaxLength } => $"The name must have at most {Widget.NameMaxLength} characters.",
            _ => ProfileRules.Text(name),
        };

    public static string? Description(string? description) =>
        description switch
        {
            null => null,
            { Length: > Widget.DescriptionMaxLength } => $"The description must have at most {Widget.DescriptionMaxLength} characters.",
            _ => ProfileRules.Text(description, lineBreaks: true),
        };

    /// <summary>The error that names each member with a reason; null when none has one.</summary>
    public static Error? Refusal(params IEnumerable<(string Field, string? Reason)> members)
    {
        var problems = members.Where(m => m.Reason is not null).ToDictionary(m => m.Field, m => new[] { m.Reason! });
        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }
}
