using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FeedbackHandled : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "HandledAt",
                table: "FeedbackAnswers",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HandledAt",
                table: "FeedbackAnswers");
        }
    }
}
