using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations;

/// <summary>Adds change-log entries for all users older than the index, as candidates of every search until they are indexed.</summary>
[DbContext(typeof(SqlServerRoundtableDbContext))]
[Migration("20261128092402_NoteUsers")]
public sealed class NoteUsers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("INSERT INTO [SearchNotes] ([UserId]) SELECT [Id] FROM [Users];");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DELETE FROM [SearchNotes];");
}
