using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DeliveryErrorCodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "LastErrorCode",
                table: "WebhookDeliveries",
                type: "varchar(32)",
                unicode: false,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastErrorCode",
                table: "OutboxMails",
                type: "varchar(32)",
                unicode: false,
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LastErrorCode",
                table: "WebhookDeliveries");

            migrationBuilder.DropColumn(
                name: "LastErrorCode",
                table: "OutboxMails");
        }
    }
}
