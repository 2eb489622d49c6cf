using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SeenIssues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "DigestAfter",
                table: "NewsletterIssues",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SeenHash",
                table: "NewsletterIssues",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_NewsletterIssues_DigestAfter",
                table: "NewsletterIssues",
                column: "DigestAfter",
                unique: true,
                filter: "\"State\" <> 'Cancelled'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_NewsletterIssues_DigestAfter",
                table: "NewsletterIssues");

            migrationBuilder.DropColumn(
                name: "DigestAfter",
                table: "NewsletterIssues");

            migrationBuilder.DropColumn(
                name: "SeenHash",
                table: "NewsletterIssues");
        }
    }
}
