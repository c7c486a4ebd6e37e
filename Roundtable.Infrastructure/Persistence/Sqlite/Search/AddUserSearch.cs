using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.Sqlite.Search;

/// <summary>
/// A full-text index of addresses and names. It stores no text of its own, only which rows contain which trigrams. Row numbers of
/// <c>Users</c> may change (VACUUM), hence the table of keys. Writing to the index costs several times as much as writing the user:
/// triggers record in <c>UserSearchPending</c> which users changed, with the text that the index still has for them (null for none), and
/// a worker updates the index. Not FTS5's <c>secure-delete</c>: SQLite before 3.42 could no longer read the file.
/// </summary>
[DbContext(typeof(SqliteRoundtableDbContext))]
[Migration("20261126130000_UserSearch")]
public sealed class AddUserSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (
            var statement in (ReadOnlySpan<string>)
                [
                    """CREATE TABLE "UserSearchKeys" ("RowKey" INTEGER PRIMARY KEY, "UserId" TEXT NOT NULL UNIQUE);""",
                    """
                        CREATE VIRTUAL TABLE "UserSearch" USING fts5("Text", content='', detail=none,
                          tokenize='trigram case_sensitive 1');
                        """,
                    """INSERT INTO "UserSearchKeys" ("UserId") SELECT "Id" FROM "Users";""",
                    $"""
                        INSERT INTO "UserSearch" (rowid, "Text")
                          SELECT k."RowKey", {Text("u")} FROM "Users" u JOIN "UserSearchKeys" k ON k."UserId" = u."Id";
                        """,
                    """CREATE TABLE "UserSearchPending" ("UserId" TEXT NOT NULL PRIMARY KEY, "Indexed" TEXT NULL) WITHOUT ROWID;""",
                    """
                        CREATE TRIGGER "UserSearch_Insert" AFTER INSERT ON "Users" BEGIN
                          INSERT INTO "UserSearchKeys" ("UserId") VALUES (new."Id");
                          INSERT INTO "UserSearchPending" ("UserId", "Indexed") VALUES (new."Id", NULL);
                        END;
                        """,
                    $"""
                        CREATE TRIGGER "UserSearch_Update" AFTER UPDATE OF "NormalizedEmail", "NormalizedName" ON "Users"
                        WHEN new."NormalizedEmail" <> old."NormalizedEmail" OR new."NormalizedName" <> old."NormalizedName" BEGIN
                          INSERT INTO "UserSearchPending" ("UserId", "Indexed")
                            SELECT old."Id", {Text("old")} WHERE NOT EXISTS (SELECT 1 FROM "UserSearchPending" WHERE "UserId" = old."Id");
                        END;
                        """,
                    $"""
                        CREATE TRIGGER "UserSearch_Delete" AFTER DELETE ON "Users" BEGIN
                          INSERT INTO "UserSearch" ("UserSearch", rowid, "Text")
                            SELECT 'delete', k."RowKey", coalesce(p."Indexed", {Text("old")})
                            FROM "UserSearchKeys" k LEFT JOIN "UserSearchPending" p ON p."UserId" = k."UserId"
                            WHERE k."UserId" = old."Id" AND (p."UserId" IS NULL OR p."Indexed" IS NOT NULL);
                          DELETE FROM "UserSearchPending" WHERE "UserId" = old."Id";
                          DELETE FROM "UserSearchKeys" WHERE "UserId" = old."Id";
                        END;
                        """,
                ]
        )
        {
            migrationBuilder.Sql(statement);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var trigger in (ReadOnlySpan<string>)["UserSearch_Insert", "UserSearch_Update", "UserSearch_Delete"])
        {
            migrationBuilder.Sql($"""DROP TRIGGER "{trigger}";""");
        }

        migrationBuilder.Sql("""DROP TABLE "UserSearchPending";""");
        migrationBuilder.Sql("""DROP TABLE "UserSearch";""");
        migrationBuilder.Sql("""DROP TABLE "UserSearchKeys";""");
    }

    // A line break separates the two: no search text contains one.
    internal static string Text(string row) => $"{row}.\"NormalizedEmail\" || char(10) || {row}.\"NormalizedName\"";
}
