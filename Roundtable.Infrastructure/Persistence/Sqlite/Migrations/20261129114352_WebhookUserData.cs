using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WebhookUserData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ShowsUserData",
                table: "WebhookEndpoints",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ShowsUserData",
                table: "WebhookEndpoints");
        }
    }
}
