using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
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
                type: "bit",
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
