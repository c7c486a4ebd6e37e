using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ExternalLogins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Email",
                table: "UserLogins",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Issuer",
                table: "UserLogins",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastUsedAtUtc",
                table: "UserLogins",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LinkedAtUtc",
                table: "UserLogins",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LinkedId",
                table: "UserLogins",
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
                name: "Email",
                table: "UserLogins");

            migrationBuilder.DropColumn(
                name: "Issuer",
                table: "UserLogins");

            migrationBuilder.DropColumn(
                name: "LastUsedAtUtc",
                table: "UserLogins");

            migrationBuilder.DropColumn(
                name: "LinkedAtUtc",
                table: "UserLogins");

            migrationBuilder.DropColumn(
                name: "LinkedId",
                table: "UserLogins");
        }
    }
}
