using Roundtable.Application.Profiles;

namespace Roundtable.Application.Transfer;

/// <summary>A row to import, as it was read.</summary>
/// <param name="Line">Where it stands, from 1, a CSV's header included.</param>
/// <param name="Problems">Why it could not be read; then no account is made of it, whatever else it holds.</param>
public sealed record ImportRow(int Line, params IReadOnlyList<ImportProblem> Problems)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public bool EmailVerified { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public string? PasswordHash { get; init; }

    public DateTime? CreatedAtUtc { get; init; }

    public bool Banned { get; init; }

    public string? BanReason { get; init; }

    /// <summary>When the ban ends; null for one without end.</summary>
    public DateTime? BannedUntilUtc { get; init; }

    public string? Image { get; init; }

    public string? Bio { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>What the fields that this installation adds hold, by name.</summary>
    public IReadOnlyDictionary<string, ProfileValue> Extra { get; init; } = new Dictionary<string, ProfileValue>();
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Sentence">Why, in a sentence.</param>
/// <param name="Field">The column or member that is wrong; null where it is the whole row.</param>
public sealed record ImportProblem(string Sentence, string? Field = null)
{
    public override string ToString() => Field is null ? Sentence : $"{Field}: {Sentence}";
}
