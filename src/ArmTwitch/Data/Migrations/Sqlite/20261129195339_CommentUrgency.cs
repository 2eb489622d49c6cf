using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CommentUrgency : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Urgency",
                table: "Comments",
                type: "INTEGER",
                maxLength: 40,
                nullable: false,
                defaultValue: 2);

            // The numbers are those of FlagLevel: a crisis is 0, a red flag 1, the rest 2.
            migrationBuilder.Sql(
                """
                UPDATE "Comments" SET "Urgency" = CASE
                    WHEN EXISTS (SELECT 1 FROM "CommentFlags" AS flag WHERE flag."CommentId" = "Comments"."Id" AND flag."Level" = 'Crisis') THEN 0
                    WHEN EXISTS (SELECT 1 FROM "CommentFlags" AS flag WHERE flag."CommentId" = "Comments"."Id" AND flag."Level" = 'RedFlag') THEN 1
                    ELSE 2 END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Urgency",
                table: "Comments");
        }
    }
}
