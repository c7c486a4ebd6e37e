using System.Collections.Frozen;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Transfer;

/// <summary>The columns that an import accepts, under all their names.</summary>
internal static class ImportColumns
{
    /// <summary>Columns of an export that do not apply to a new account.</summary>
    public static readonly FrozenSet<string> Ignored = new[] { "id", "twoFactorEnabled", "lastSeenAt", "updatedAt", "picture" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    private static readonly string[] Read =
    [
        "email",
        "name",
        "emailVerified",
        "roles",
        "passwordHash",
        "logins",
        "createdAt",
        "banned",
        "banReason",
        "banExpiresAt",
        "image",
        "bio",
        "locale",
        "timeZone",
    ];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["mail"] = "email",
        ["emailaddress"] = "email",
        ["mailaddress"] = "email",
        ["fullname"] = "name",
        ["displayname"] = "name",
        ["role"] = "roles",
        ["verified"] = "emailVerified",
        ["emailconfirmed"] = "emailVerified",
        ["created"] = "createdAt",
        ["creationdate"] = "createdAt",
        ["registeredat"] = "createdAt",
        ["isbanned"] = "banned",
        ["picture"] = "image",
        ["avatar"] = "image",
        ["language"] = "locale",
    };

    /// <summary>
    /// Columns keyed by the letters and digits of their names in lower case, so that case, hyphens and spaces in headers are
    /// ignored.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ByKey(ProfileFields fields)
    {
        var columns = new Dictionary<string, string>(Aliases, StringComparer.Ordinal);
        foreach (var name in Read.Concat(Ignored).Concat(fields.All.Select(f => f.Path)))
        {
            columns[Key(name)] = name;
        }

        return columns;
    }

    public static string Key(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The column names listed in the error for an unknown column.</summary>
    public static string Names(ProfileFields fields) =>
        string.Join(", ", Read.Concat(fields.All.Select(f => f.Path)).Order(StringComparer.Ordinal));
}
