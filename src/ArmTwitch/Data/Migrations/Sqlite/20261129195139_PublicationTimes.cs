using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PublicationTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PublicationTimes",
                columns: table => new
                {
                    ArticleId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicationTimes", x => x.ArticleId);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PublicationTimes");
        }
    }
}
