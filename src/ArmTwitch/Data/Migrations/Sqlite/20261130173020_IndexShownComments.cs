using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IndexShownComments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Comments_Shown",
                table: "Comments",
                columns: new[] { "Article", "ParentId" },
                filter: "\"ShownText\" IS NOT NULL AND \"Status\" IN ('Approved', 'ApprovedRedacted')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_Shown",
                table: "Comments");
        }
    }
}
