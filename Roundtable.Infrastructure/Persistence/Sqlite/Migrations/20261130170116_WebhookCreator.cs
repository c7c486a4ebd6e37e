using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WebhookCreator : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // With its foreign key at once: one that is added later makes EF Core rebuild the table, outside of a transaction.
            migrationBuilder.Sql(
                """
                ALTER TABLE "WebhookEndpoints" ADD COLUMN "CreatedById" TEXT NULL
                CONSTRAINT "FK_WebhookEndpoints_Users_CreatedById" REFERENCES "Users" ("Id") ON DELETE SET NULL;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_WebhookEndpoints_CreatedById",
                table: "WebhookEndpoints",
                column: "CreatedById");
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
