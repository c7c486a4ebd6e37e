using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Roundtable.Infrastructure.Persistence.Sqlite.Search;

namespace Roundtable.Infrastructure.Persistence.Sqlite.Migrations;

/// <summary>Queues users whose name folds to something other than its upper case: accents, other Unicode forms, repeated spaces.</summary>
[DbContext(typeof(SqliteRoundtableDbContext))]
[Migration("20261129113000_FoldNames")]
public sealed class FoldNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            $"""
            INSERT OR IGNORE INTO "UserSearchPending" ("UserId", "Indexed")
              SELECT u."Id", {AddUserSearch.Text("u")} FROM "Users" u
              WHERE u."NormalizedName" GLOB '*[^ -~]*' OR u."NormalizedName" LIKE '%  %' OR u."NormalizedName" <> trim(u."NormalizedName");
            """
        );

    // The previous version finds folded names too.
    protected override void Down(MigrationBuilder migrationBuilder) { }
}
