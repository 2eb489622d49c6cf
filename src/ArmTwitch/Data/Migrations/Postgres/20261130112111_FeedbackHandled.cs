using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FeedbackHandled : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "HandledAt",
                table: "FeedbackAnswers",
                type: "timestamp with time zone",
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
