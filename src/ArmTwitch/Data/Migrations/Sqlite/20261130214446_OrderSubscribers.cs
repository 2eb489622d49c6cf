using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OrderSubscribers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_State_AskedAt",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_State_Id",
                table: "Subscribers");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_State_AskedAt_Id",
                table: "Subscribers",
                columns: new[] { "State", "AskedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_State_ConfirmedAt_Id",
                table: "Subscribers",
                columns: new[] { "State", "ConfirmedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_State_EndedAt_Id",
                table: "Subscribers",
                columns: new[] { "State", "EndedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Subscribers_State_AskedAt_Id",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_State_ConfirmedAt_Id",
                table: "Subscribers");

            migrationBuilder.DropIndex(
                name: "IX_Subscribers_State_EndedAt_Id",
                table: "Subscribers");

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_State_AskedAt",
                table: "Subscribers",
                columns: new[] { "State", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Subscribers_State_Id",
                table: "Subscribers",
                columns: new[] { "State", "Id" });
        }
    }
}
