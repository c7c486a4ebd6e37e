using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations;

/// <summary>
/// Adds change-log entries for users whose name folds to something other than its upper case: accents, other Unicode forms, repeated
/// spaces. The column compares by code point, so that the class contains all non-ASCII characters.
/// </summary>
[DbContext(typeof(SqlServerRoundtableDbContext))]
[Migration("20261129113000_FoldNames")]
public sealed class FoldNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            INSERT INTO [SearchNotes] ([UserId])
              SELECT [Id] FROM [Users]
              WHERE [NormalizedName] LIKE N'%[^ -~]%' OR [NormalizedName] LIKE N'%  %'
                 OR [NormalizedName] LIKE N' %' OR [NormalizedName] LIKE N'% ';
            """
        );

    // The previous version finds folded names too.
    protected override void Down(MigrationBuilder migrationBuilder) { }
}
