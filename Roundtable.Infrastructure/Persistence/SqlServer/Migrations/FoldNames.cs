using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations;

/// <summary>
/// Notes the users whose name folds to something else than its capitals: accents, other Unicode forms, repeated blanks. The column compares
/// by code point, so that the class holds what is no ASCII.
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

    // Folded names are found by the version before, too.
    protected override void Down(MigrationBuilder migrationBuilder) { }
}
