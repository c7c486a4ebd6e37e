using Roundtable.Application.Common;

namespace Roundtable.Application.Profiles;

/// <summary>Changes to user and profile; absent members stay unchanged, null clears.</summary>
public sealed record UserChanges
{
    public Optional<string?> Name { get; init; }

    public Optional<string?> Image { get; init; }

    public Optional<string?> Bio { get; init; }

    public Optional<string?> Locale { get; init; }

    public Optional<string?> TimeZone { get; init; }

    /// <summary>The extra fields to change, by name; null is an error, as it specifies no field.</summary>
    public Optional<IReadOnlyDictionary<string, ProfileValue>?> Extra { get; init; }

    /// <summary>The changed members, for the audit log.</summary>
    public IReadOnlyList<string> Names =>
        [.. Members.Where(m => m.Value.IsPresent).Select(m => m.Field), .. Extra.Value?.Keys.Select(ProfileField.PathOf) ?? []];

    /// <summary>Returns the validation errors by field; null if the changes are valid.</summary>
    public Error? Check(ProfileFields fields, ProfileFieldWriter by)
    {
        var problems = Members
            .Where(m => m.Value.IsPresent)
            .Select(m => (m.Field, Error: m.Rule(m.Value.Value)))
            .Where(p => p.Error is not null)
            .Select(p => (p.Field, Error: p.Error!))
            .Concat(ExtraProblems(fields, by))
            .GroupBy(p => p.Field, StringComparer.Ordinal)
            .ToDictionary(p => p.Key, p => p.Select(r => r.Error).ToArray());
        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }

    private IEnumerable<(string Field, FieldError Error)> ExtraProblems(ProfileFields fields, ProfileFieldWriter by) =>
        Extra switch
        {
            { IsPresent: false } => [],
            { Value: { } extra } => fields.Problems(extra, by),
            _ => [("extra", FieldErrors.WrongType)],
        };

    private IEnumerable<(string Field, Optional<string?> Value, Func<string?, FieldError?> Rule)> Members =>
        [
            ("name", Name, ProfileRules.Name),
            ("image", Image, ProfileRules.Image),
            ("bio", Bio, ProfileRules.Bio),
            ("locale", Locale, ProfileRules.Locale),
            ("timeZone", TimeZone, ProfileRules.TimeZone),
        ];
}
