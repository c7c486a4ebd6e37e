using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class WebhookCreator : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CreatedById",
                table: "WebhookEndpoints",
                type: "char(32)",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookEndpoints_CreatedById",
                table: "WebhookEndpoints",
                column: "CreatedById");

            migrationBuilder.AddForeignKey(
                name: "FK_WebhookEndpoints_Users_CreatedById",
                table: "WebhookEndpoints",
                column: "CreatedById",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_WebhookEndpoints_Users_CreatedById",
                table: "WebhookEndpoints");

            migrationBuilder.DropIndex(
                name: "IX_WebhookEndpoints_CreatedById",
                table: "WebhookEndpoints");

            migrationBuilder.DropColumn(
                name: "CreatedById",
                table: "WebhookEndpoints");
        }
    }
}
