using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WebhookDeliveries_Status_LeasedUntilUtc",
                table: "WebhookDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_WebhookDeliveries_Status_NextAttemptAtUtc_Id",
                table: "WebhookDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_Users_BannedUntilUtc",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_NormalizedName_Id_NormalizedEmail_EmailVerified_BannedUntilUtc",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_Status_LeasedUntilUtc",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_Status_NextAttemptAtUtc_Id",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_OnBehalfOfId_Id",
                table: "AuditEntries");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_LeasedUntilUtc",
                table: "WebhookDeliveries",
                column: "LeasedUntilUtc",
                filter: "Status = 'Sending'");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_NextAttemptAtUtc_Id",
                table: "WebhookDeliveries",
                columns: new[] { "NextAttemptAtUtc", "Id" },
                filter: "Status = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_Users_BannedUntilUtc",
                table: "Users",
                column: "BannedUntilUtc",
                filter: "BannedUntilUtc IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Users_NormalizedName_Id",
                table: "Users",
                columns: new[] { "NormalizedName", "Id" })
                .Annotation("SqlServer:Include", new[] { "NormalizedEmail", "EmailVerified", "BannedUntilUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions",
                column: "ImpersonatorId",
                filter: "ImpersonatorId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions",
                column: "ImpersonatorSessionId",
                filter: "ImpersonatorSessionId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_LeasedUntilUtc",
                table: "OutboxMails",
                column: "LeasedUntilUtc",
                filter: "Status = 'Sending'");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_NextAttemptAtUtc_Id",
                table: "OutboxMails",
                columns: new[] { "NextAttemptAtUtc", "Id" },
                filter: "Status = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_OnBehalfOfId_Id",
                table: "AuditEntries",
                columns: new[] { "OnBehalfOfId", "Id" },
                filter: "OnBehalfOfId IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WebhookDeliveries_LeasedUntilUtc",
                table: "WebhookDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_WebhookDeliveries_NextAttemptAtUtc_Id",
                table: "WebhookDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_Users_BannedUntilUtc",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_NormalizedName_Id",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_LeasedUntilUtc",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_NextAttemptAtUtc_Id",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_OnBehalfOfId_Id",
                table: "AuditEntries");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_Status_LeasedUntilUtc",
                table: "WebhookDeliveries",
                columns: new[] { "Status", "LeasedUntilUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookDeliveries_Status_NextAttemptAtUtc_Id",
                table: "WebhookDeliveries",
                columns: new[] { "Status", "NextAttemptAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Users_BannedUntilUtc",
                table: "Users",
                column: "BannedUntilUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Users_NormalizedName_Id_NormalizedEmail_EmailVerified_BannedUntilUtc",
                table: "Users",
                columns: new[] { "NormalizedName", "Id", "NormalizedEmail", "EmailVerified", "BannedUntilUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions",
                column: "ImpersonatorId");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions",
                column: "ImpersonatorSessionId");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_Status_LeasedUntilUtc",
                table: "OutboxMails",
                columns: new[] { "Status", "LeasedUntilUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_Status_NextAttemptAtUtc_Id",
                table: "OutboxMails",
                columns: new[] { "Status", "NextAttemptAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_OnBehalfOfId_Id",
                table: "AuditEntries",
                columns: new[] { "OnBehalfOfId", "Id" });
        }
    }
}
