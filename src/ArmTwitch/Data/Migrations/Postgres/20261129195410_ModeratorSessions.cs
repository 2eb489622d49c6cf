using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ModeratorSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "InviterId",
                table: "Invitations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NormalizedEmail",
                table: "Invitations",
                type: "text",
                nullable: true);

            // Nobody knows who made these, and so whether that person still may; a link is made anew in a moment.
            migrationBuilder.Sql("""DELETE FROM "Invitations" WHERE "UsedAt" IS NULL""");
            migrationBuilder.Sql("""UPDATE "Invitations" SET "NormalizedEmail" = upper("Email")""");

            migrationBuilder.CreateTable(
                name: "ModeratorSessions",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ModeratorId = table.Column<Guid>(type: "uuid", nullable: false),
                    BegunAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ModeratorSessions", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_NormalizedEmail",
                table: "Invitations",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_ModeratorSessions_BegunAt",
                table: "ModeratorSessions",
                column: "BegunAt");

            migrationBuilder.CreateIndex(
                name: "IX_ModeratorSessions_ModeratorId",
                table: "ModeratorSessions",
                column: "ModeratorId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ModeratorSessions");

            migrationBuilder.DropIndex(
                name: "IX_Invitations_NormalizedEmail",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "InviterId",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "NormalizedEmail",
                table: "Invitations");
        }
    }
}
