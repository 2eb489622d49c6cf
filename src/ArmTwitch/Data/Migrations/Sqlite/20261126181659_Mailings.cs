using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Mailings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_State_Priority_DueAt",
                table: "OutgoingMails");

            migrationBuilder.AddColumn<long>(
                name: "FirstTriedAt",
                table: "OutgoingMails",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MailingId",
                table: "OutgoingMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ManageAddress",
                table: "OutgoingMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "OutgoingMails",
                type: "TEXT",
                maxLength: 11,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SuppressionScope",
                table: "OutgoingMails",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Mailings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Html = table.Column<string>(type: "TEXT", nullable: false),
                    ListId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    UnsubscribeMailbox = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    SuppressionScope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Priority = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PausedBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Audience = table.Column<int>(type: "INTEGER", nullable: true),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RunningSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Tried = table.Column<int>(type: "INTEGER", nullable: false),
                    HardBounces = table.Column<int>(type: "INTEGER", nullable: false),
                    Complaints = table.Column<int>(type: "INTEGER", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PrunedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Suppressions",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Suppressions", x => new { x.Hash, x.Scope });
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_MailingId_State_Priority_DueAt",
                table: "OutgoingMails",
                columns: new[] { "MailingId", "State", "Priority", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_State_DueAt",
                table: "OutgoingMails",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Mailings_State",
                table: "Mailings",
                column: "State");

            migrationBuilder.AddForeignKey(
                name: "FK_OutgoingMails_Mailings_MailingId",
                table: "OutgoingMails",
                column: "MailingId",
                principalTable: "Mailings",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OutgoingMails_Mailings_MailingId",
                table: "OutgoingMails");

            migrationBuilder.DropTable(
                name: "Mailings");

            migrationBuilder.DropTable(
                name: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_MailingId_State_Priority_DueAt",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_State_DueAt",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "FirstTriedAt",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "MailingId",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "ManageAddress",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Status",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "SuppressionScope",
                table: "OutgoingMails");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_State_Priority_DueAt",
                table: "OutgoingMails",
                columns: new[] { "State", "Priority", "DueAt" });
        }
    }
}
