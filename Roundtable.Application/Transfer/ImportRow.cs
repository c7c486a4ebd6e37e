using Roundtable.Application.Profiles;

namespace Roundtable.Application.Transfer;

/// <summary>A row to import, as it was read.</summary>
/// <param name="Line">Where it stands, from 1, a CSV's header included.</param>
/// <param name="Problem">Why it could not be read; the other members are null then.</param>
public sealed record ImportRow(int Line, string? Problem = null)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public bool EmailVerified { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public string? PasswordHash { get; init; }

    public DateTime? CreatedAtUtc { get; init; }

    public bool Banned { get; init; }

    public string? BanReason { get; init; }

    /// <summary>What the fields that this installation adds hold, by name.</summary>
    public IReadOnlyDictionary<string, ProfileValue> Extra { get; init; } = new Dictionary<string, ProfileValue>();
}
