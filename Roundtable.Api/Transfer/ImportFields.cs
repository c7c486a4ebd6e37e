using System.Collections.Frozen;
using System.Globalization;
using Roundtable.Application.Transfer;

namespace Roundtable.Api.Transfer;

/// <summary>What a row to import consists of, whatever the format.</summary>
internal static class ImportFields
{
    public static readonly FrozenSet<string> Known =
        new[] { "email", "name", "emailVerified", "roles", "passwordHash", "createdAt", "banned", "banReason" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the texts of a row; a value that cannot be read becomes the row's problem.</summary>
    public static ImportRow ToRow(
        int line, string? email, string? name, string? emailVerified, IReadOnlyList<string>? roles, string? passwordHash, string? createdAt, string? banned, string? banReason)
    {
        DateTime? created = null;
        string? problem = null;
        if (createdAt is not null)
        {
            if (DateTimeOffset.TryParse(createdAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                created = time.UtcDateTime;
            }
            else
            {
                problem = "createdAt: This is not a time such as 2026-11-22T19:32:00Z.";
            }
        }

        if (!TryFlag(emailVerified, out var verified))
        {
            problem ??= "emailVerified: This is neither true nor false.";
        }

        if (!TryFlag(banned, out var isBanned))
        {
            problem ??= "banned: This is neither true nor false.";
        }

        return new ImportRow(line, problem)
        {
            Email = email,
            Name = name,
            EmailVerified = verified,
            Roles = roles ?? [],
            PasswordHash = passwordHash,
            CreatedAtUtc = created,
            Banned = isBanned,
            BanReason = banReason,
        };
    }

    // Databases export truth as 1 and 0, too.
    private static bool TryFlag(string? text, out bool value)
    {
        value = text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return value || text is null or "0" || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }
}
