using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class MagicLinkCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "BrowserHash",
                table: "OneTimeTokens",
                type: "char(64)",
                unicode: false,
                fixedLength: true,
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<string>(
                name: "CodeHash",
                table: "OneTimeTokens",
                type: "char(64)",
                unicode: false,
                fixedLength: true,
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<bool>(
                name: "UsedInBrowser",
                table: "OneTimeTokens",
                type: "bit",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeTokens_BrowserHash",
                table: "OneTimeTokens",
                column: "BrowserHash",
                unique: true,
                filter: "[BrowserHash] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OneTimeTokens_BrowserHash",
                table: "OneTimeTokens");

            migrationBuilder.DropColumn(
                name: "BrowserHash",
                table: "OneTimeTokens");

            migrationBuilder.DropColumn(
                name: "CodeHash",
                table: "OneTimeTokens");

            migrationBuilder.DropColumn(
                name: "UsedInBrowser",
                table: "OneTimeTokens");
        }
    }
}
