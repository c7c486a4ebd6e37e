using System.Text;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Common;
using Roundtable.Infrastructure.Persistence.HotReads;
using Roundtable.Infrastructure.Persistence.Search;

namespace Roundtable.Infrastructure.Persistence.Sqlite.Search;

/// <summary>
/// Searches SQLite's trigram index, which <see cref="AddUserSearch"/> creates; users that wait to be indexed are candidates for every
/// search.
/// </summary>
internal sealed class SqliteUserSearch(RoundtableDbContext db, IUnitOfWork unitOfWork, StatementRunner runner) : IUserSearch
{
    private const int Length = 3;

    private static readonly string Candidates = $"""
        SELECT k."UserId" FROM "UserSearch" s CROSS JOIN "UserSearchKeys" k ON k."RowKey" = s.rowid WHERE s."UserSearch" MATCH @u1
        UNION ALL SELECT "UserId" FROM "UserSearchPending"
        LIMIT {IUserSearch.MaxCandidates + 1}
        """;

    // The same rows in all statements of a transaction.
    private const string Batch = """(SELECT "UserId" FROM "UserSearchPending" ORDER BY "UserId" LIMIT 100)""";

    private const string BatchIds = $"""SELECT "UserId" AS "Value" FROM {Batch}""";

    private static readonly string[] Indexing =
    [
        $"""
            INSERT INTO "UserSearch" ("UserSearch", rowid, "Text")
            SELECT 'delete', k."RowKey", p."Indexed" FROM "UserSearchPending" p JOIN "UserSearchKeys" k ON k."UserId" = p."UserId"
            WHERE p."Indexed" IS NOT NULL AND p."UserId" IN {Batch}
            """,
        $"""
            INSERT INTO "UserSearch" (rowid, "Text")
            SELECT k."RowKey", {AddUserSearch.Text(
                "u"
            )} FROM "Users" u JOIN "UserSearchKeys" k ON k."UserId" = u."Id" WHERE u."Id" IN {Batch}
            """,
        $"""DELETE FROM "UserSearchPending" WHERE "UserId" IN {Batch}""",
    ];

    public async Task<IReadOnlyList<string>?> FindAsync(string part, CancellationToken ct)
    {
        if (Expression(part) is not { } expression)
        {
            return null;
        }

        var found = await runner.ReadAsync(new SqlStatement(Candidates, [SqlValue.Text(expression)]), row => row.Text("UserId"), ct);
        return found.Count > IUserSearch.MaxCandidates ? null : found;
    }

    public async Task IndexAsync(CancellationToken ct)
    {
        while (await db.Database.SqlQuery<int>($"""SELECT EXISTS (SELECT 1 FROM "UserSearchPending") AS "Value" """).SingleAsync(ct) != 0)
        {
            await unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    await FoldedNames.RenewAsync(db, await db.Database.SqlQueryRaw<string>(BatchIds).ToListAsync(ct), ct);
                    foreach (var statement in Indexing)
                    {
                        await db.Database.ExecuteSqlRawAsync(statement, ct);
                    }

                    return Result.Success;
                },
                ct
            );
        }
    }

    /// <summary>All trigrams of the text; null if it has fewer than three characters.</summary>
    internal static string? Expression(string part)
    {
        var runes = part.EnumerateRunes().ToArray();
        if (runes.Length < Length)
        {
            return null;
        }

        var expression = new StringBuilder();
        foreach (
            var sequence in Enumerable
                .Range(0, runes.Length - Length + 1)
                .Select(i => $"{runes[i]}{runes[i + 1]}{runes[i + 2]}")
                .Distinct(StringComparer.Ordinal)
        )
        {
            expression
                .Append(expression.Length == 0 ? "\"" : " AND \"")
                .Append(sequence.Replace("\"", "\"\"", StringComparison.Ordinal))
                .Append('"');
        }

        return expression.ToString();
    }
}
