using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LongerPasswordHash : Migration
    {
        // Not AlterColumn: Babelfish, on which the tests run where there is no SQL Server, refuses the NULL that EF Core writes. Without it the
        // column stays nullable, as the script and the driver set ANSI_NULL_DFLT_ON.

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Alter(migrationBuilder, 700);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Alter(migrationBuilder, 512);

        private static void Alter(MigrationBuilder migrationBuilder, int length) =>
            migrationBuilder.Sql($"SET ANSI_NULL_DFLT_ON ON; ALTER TABLE [Credentials] ALTER COLUMN [PasswordHash] varchar({length});");
    }
}
