using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CredentialOwnership : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SessionId",
                table: "OneTimeTokens",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PasswordSetId",
                table: "Credentials",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RecoveryCodesSetId",
                table: "Credentials",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "SetByOthers",
                table: "Credentials",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "TwoFactorSetId",
                table: "Credentials",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TwoFactorSetupSessionId",
                table: "Credentials",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SessionId",
                table: "OneTimeTokens");

            migrationBuilder.DropColumn(
                name: "PasswordSetId",
                table: "Credentials");

            migrationBuilder.DropColumn(
                name: "RecoveryCodesSetId",
                table: "Credentials");

            migrationBuilder.DropColumn(
                name: "SetByOthers",
                table: "Credentials");

            migrationBuilder.DropColumn(
                name: "TwoFactorSetId",
                table: "Credentials");

            migrationBuilder.DropColumn(
                name: "TwoFactorSetupSessionId",
                table: "Credentials");
        }
    }
}
