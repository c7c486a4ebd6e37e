using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite.Search;

/// <summary>Asks SQLite's full-text index of all sequences of three characters, which <see cref="AddUserSearch"/> makes.</summary>
internal sealed class SqliteUserSearch(RoundtableDbContext db) : IUserSearch
{
    private const int Length = 3;

    // Up to so many are looked up one by one; where there are more, every few hundredth user matches, also among a million.
    private const int MaxCandidates = 2000;

    public async Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct)
    {
        if (Expression(part) is not { } expression)
        {
            return null;
        }

        var found = await db.Database.SqlQuery<string>(
            $"""
             SELECT k."UserId" AS "Value" FROM "UserSearch" s CROSS JOIN "UserSearchKeys" k ON k."RowKey" = s.rowid
             WHERE s."UserSearch" MATCH {expression} LIMIT {MaxCandidates + 1}
             """).ToListAsync(ct);
        return found.Count > MaxCandidates ? null : found;
    }

    /// <summary>All sequences of three characters in the text; null when it is shorter.</summary>
    internal static string? Expression(string part)
    {
        var runes = part.EnumerateRunes().ToArray();
        if (runes.Length < Length)
        {
            return null;
        }

        var expression = new StringBuilder();
        foreach (var sequence in Enumerable.Range(0, runes.Length - Length + 1).Select(i => $"{runes[i]}{runes[i + 1]}{runes[i + 2]}").Distinct(StringComparer.Ordinal))
        {
            expression.Append(expression.Length == 0 ? "\"" : " AND \"").Append(sequence.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return expression.ToString();
    }
}
