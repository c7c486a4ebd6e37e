using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Roundtable.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class UserSearchGrams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SearchedUsers",
                columns: table => new
                {
                    RowKey = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UserId = table.Column<string>(type: "char(32)", unicode: false, fixedLength: true, maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Text = table.Column<string>(type: "nvarchar(455)", maxLength: 455, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchedUsers", x => x.RowKey);
                    table.ForeignKey(
                        name: "FK_SearchedUsers_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SearchNotes",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    UserId = table.Column<string>(type: "char(32)", unicode: false, fixedLength: true, maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchNotes", x => x.Number);
                    table.ForeignKey(
                        name: "FK_SearchNotes_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SearchTurns",
                columns: table => new
                {
                    Number = table.Column<int>(type: "int", nullable: false),
                    Taken = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchTurns", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "SearchGrams",
                columns: table => new
                {
                    Gram = table.Column<long>(type: "bigint", nullable: false),
                    RowKey = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchGrams", x => new { x.Gram, x.RowKey });
                    table.ForeignKey(
                        name: "FK_SearchGrams_SearchedUsers_RowKey",
                        column: x => x.RowKey,
                        principalTable: "SearchedUsers",
                        principalColumn: "RowKey",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "SearchTurns",
                columns: new[] { "Number", "Taken" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_SearchedUsers_UserId",
                table: "SearchedUsers",
                column: "UserId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SearchGrams_RowKey",
                table: "SearchGrams",
                column: "RowKey");

            migrationBuilder.CreateIndex(
                name: "IX_SearchNotes_UserId",
                table: "SearchNotes",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SearchGrams");

            migrationBuilder.DropTable(
                name: "SearchNotes");

            migrationBuilder.DropTable(
                name: "SearchTurns");

            migrationBuilder.DropTable(
                name: "SearchedUsers");
        }
    }
}
