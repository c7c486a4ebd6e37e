using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Application.Transfer;

/// <summary>A row to import, as read.</summary>
/// <param name="Line">The line number, from 1, including a CSV header.</param>
/// <param name="Problems">Why the row could not be read; if any, no account is created from it.</param>
public sealed record ImportRow(int Line, params IReadOnlyList<ImportProblem> Problems)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public bool EmailVerified { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public string? PasswordHash { get; init; }

    /// <summary>External logins to connect.</summary>
    public IReadOnlyList<TransferredLogin> Logins { get; init; } = [];

    public DateTime? CreatedAtUtc { get; init; }

    public bool Banned { get; init; }

    public string? BanReason { get; init; }

    /// <summary>When the ban expires; null for a permanent ban.</summary>
    public DateTime? BannedUntilUtc { get; init; }

    public string? Image { get; init; }

    public string? Bio { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The values of the installation's extra fields, by name.</summary>
    public IReadOnlyDictionary<string, ProfileValue> Extra { get; init; } = new Dictionary<string, ProfileValue>();
}

/// <summary>A problem with a row.</summary>
/// <param name="Error">What is wrong.</param>
/// <param name="Field">The invalid column or member; null for the whole row.</param>
public sealed record ImportProblem(FieldError Error, string? Field = null)
{
    public override string ToString() => Field is null ? Error.Message : $"{Field}: {Error.Message}";
}
