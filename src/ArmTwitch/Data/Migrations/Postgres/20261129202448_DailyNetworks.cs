using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DailyNetworks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The keys that did not change from day to day: what was hashed with them is gone, or means nothing without them.
            migrationBuilder.Sql("""DELETE FROM "Secrets" WHERE "Name" IN ('networks', 'sign-ins')""");

            migrationBuilder.DropTable(
                name: "FeedbackArrivals");

            migrationBuilder.DropTable(
                name: "SignInTries");

            migrationBuilder.DropTable(
                name: "SubscriberCodeTries");

            migrationBuilder.DropIndex(
                name: "IX_NewsletterIntakes_HandledAt_At",
                table: "NewsletterIntakes");

            migrationBuilder.DropIndex(
                name: "IX_NewsletterIntakes_Network_At",
                table: "NewsletterIntakes");

            migrationBuilder.DropIndex(
                name: "IX_CommentReports_CommentId",
                table: "CommentReports");

            migrationBuilder.DropIndex(
                name: "IX_CommentArrivals_Network_At",
                table: "CommentArrivals");

            migrationBuilder.DropIndex(
                name: "IX_CommentArrivals_Network_Content",
                table: "CommentArrivals");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Subscribers");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "CommentReports");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "CommentArrivals");

            migrationBuilder.AddColumn<byte[]>(
                name: "Reporter",
                table: "CommentReports",
                type: "bytea",
                maxLength: 16,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_NewsletterIntakes_HandledAt_Network_At",
                table: "NewsletterIntakes",
                columns: new[] { "HandledAt", "Network", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentReports_CommentId_Reporter",
                table: "CommentReports",
                columns: new[] { "CommentId", "Reporter" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CommentArrivals_Content",
                table: "CommentArrivals",
                column: "Content");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_NewsletterIntakes_HandledAt_Network_At",
                table: "NewsletterIntakes");

            migrationBuilder.DropIndex(
                name: "IX_CommentReports_CommentId_Reporter",
                table: "CommentReports");

            migrationBuilder.DropIndex(
                name: "IX_CommentArrivals_Content",
                table: "CommentArrivals");

            migrationBuilder.DropColumn(
                name: "Reporter",
                table: "CommentReports");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "RemindedAt",
                table: "Subscribers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Network",
                table: "CommentReports",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<byte[]>(
                name: "Network",
                table: "CommentArrivals",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateTable(
                name: "FeedbackArrivals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                    Network = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedbackArrivals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInTries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Account = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Network = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInTries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SubscriberCodeTries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Address = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Network = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SubscriberCodeTries", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NewsletterIntakes_HandledAt_At",
                table: "NewsletterIntakes",
                columns: new[] { "HandledAt", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_NewsletterIntakes_Network_At",
                table: "NewsletterIntakes",
                columns: new[] { "Network", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentReports_CommentId",
                table: "CommentReports",
                column: "CommentId");

            migrationBuilder.CreateIndex(
                name: "IX_CommentArrivals_Network_At",
                table: "CommentArrivals",
                columns: new[] { "Network", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CommentArrivals_Network_Content",
                table: "CommentArrivals",
                columns: new[] { "Network", "Content" });

            migrationBuilder.CreateIndex(
                name: "IX_FeedbackArrivals_Network_At",
                table: "FeedbackArrivals",
                columns: new[] { "Network", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_Account_At",
                table: "SignInTries",
                columns: new[] { "Account", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_At",
                table: "SignInTries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_SignInTries_Network_At",
                table: "SignInTries",
                columns: new[] { "Network", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberCodeTries_Address_At",
                table: "SubscriberCodeTries",
                columns: new[] { "Address", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SubscriberCodeTries_Network_At",
                table: "SubscriberCodeTries",
                columns: new[] { "Network", "At" });
        }
    }
}
