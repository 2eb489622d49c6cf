using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderComments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_Article_ParentId_ShownAt",
                table: "Comments");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Article_ShownAt_Id",
                table: "Comments",
                columns: new[] { "Article", "ShownAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Comments_Article_ShownAt_Id",
                table: "Comments");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_Article_ParentId_ShownAt",
                table: "Comments",
                columns: new[] { "Article", "ParentId", "ShownAt" });
        }
    }
}
