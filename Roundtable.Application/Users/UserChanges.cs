using Roundtable.Application.Common;

namespace Roundtable.Application.Users;

/// <summary>Changes to user and profile; what is absent stays, null clears.</summary>
public sealed record UserChanges
{
    public Optional<string?> Name { get; init; }

    public Optional<string?> Image { get; init; }

    public Optional<string?> Bio { get; init; }

    public Optional<string?> Locale { get; init; }

    public Optional<string?> TimeZone { get; init; }

    /// <summary>What is to change, for the audit log.</summary>
    public IReadOnlyList<string> Names => [.. Members.Where(m => m.Value.IsPresent).Select(m => m.Field)];

    /// <summary>The reasons why these changes cannot be made, by field; null when they can.</summary>
    public Error? Check()
    {
        var problems = Members
            .Where(m => m.Value.IsPresent)
            .Select(m => (m.Field, Reason: m.Rule(m.Value.Value)))
            .Where(p => p.Reason is not null)
            .ToDictionary(p => p.Field, p => new[] { p.Reason! });
        return problems.Count == 0 ? null : Errors.Invalid(problems);
    }

    private IEnumerable<(string Field, Optional<string?> Value, Func<string?, string?> Rule)> Members =>
    [
        ("name", Name, ProfileRules.Name),
        ("image", Image, ProfileRules.Image),
        ("bio", Bio, ProfileRules.Bio),
        ("locale", Locale, ProfileRules.Locale),
        ("timeZone", TimeZone, ProfileRules.TimeZone),
    ];
}
