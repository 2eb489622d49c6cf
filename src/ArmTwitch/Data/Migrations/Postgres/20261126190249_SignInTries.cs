using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SignInTries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SignInTries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Account = table.Column<byte[]>(type: "bytea", nullable: false),
                    Network = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInTries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "UsedCodes",
                columns: table => new
                {
                    ModeratorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Step = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsedCodes", x => x.ModeratorId);
                    table.ForeignKey(
                        name: "FK_UsedCodes_Moderators_ModeratorId",
                        column: x => x.ModeratorId,
                        principalTable: "Moderators",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_Account_At",
                table: "SignInTries",
                columns: new[] { "Account", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_At",
                table: "SignInTries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_Network_At",
                table: "SignInTries",
                columns: new[] { "Network", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SignInTries");

            migrationBuilder.DropTable(
                name: "UsedCodes");
        }
    }
}
