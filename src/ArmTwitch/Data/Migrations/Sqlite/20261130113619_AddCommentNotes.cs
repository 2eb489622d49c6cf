using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddCommentNotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_IsWaiting_Level_WaitingSince",
                table: "Comments");

            migrationBuilder.AddColumn<Guid>(
                name: "EscalatedTo",
                table: "UndoNotes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "EscalatedTo",
                table: "Comments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Network",
                table: "CommentArrivals",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSpamLike",
                table: "Comments",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "\"SpamScore\" >= 0.9",
                stored: false);

            migrationBuilder.CreateTable(
                name: "CommentNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CommentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ModeratorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommentNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CommentNotes_Comments_CommentId",
                        column: x => x.CommentId,
                        principalTable: "Comments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Email",
                table: "Comments",
                column: "Email",
                filter: "\"Email\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_EscalatedTo",
                table: "Comments",
                column: "EscalatedTo",
                filter: "\"EscalatedTo\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_IsWaiting_Appeal",
                table: "Comments",
                column: "IsWaiting",
                filter: "\"Appeal\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_IsWaiting_Level_IsSpamLike_WaitingSince_Id",
                table: "Comments",
                columns: new[] { "IsWaiting", "Level", "IsSpamLike", "WaitingSince", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Status_DecidedAt_Id",
                table: "Comments",
                columns: new[] { "Status", "DecidedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentArrivals_CommentId",
                table: "CommentArrivals",
                column: "CommentId");

            migrationBuilder.CreateIndex(
                name: "IX_CommentArrivals_Network",
                table: "CommentArrivals",
                column: "Network");

            migrationBuilder.CreateIndex(
                name: "IX_CommentNotes_CommentId",
                table: "CommentNotes",
                column: "CommentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CommentNotes");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Email",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_EscalatedTo",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_IsWaiting_Appeal",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_IsWaiting_Level_IsSpamLike_WaitingSince_Id",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_Comments_Status_DecidedAt_Id",
                table: "Comments");

            migrationBuilder.DropIndex(
                name: "IX_CommentArrivals_CommentId",
                table: "CommentArrivals");

            migrationBuilder.DropIndex(
                name: "IX_CommentArrivals_Network",
                table: "CommentArrivals");

            migrationBuilder.DropColumn(
                name: "IsSpamLike",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "EscalatedTo",
                table: "UndoNotes");

            migrationBuilder.DropColumn(
                name: "EscalatedTo",
                table: "Comments");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "CommentArrivals");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_IsWaiting_Level_WaitingSince",
                table: "Comments",
                columns: new[] { "IsWaiting", "Level", "WaitingSince" });
        }
    }
}
