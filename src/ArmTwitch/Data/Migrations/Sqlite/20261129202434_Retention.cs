using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DailyKeys",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Value = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DailyKeys", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "RateLimitEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RateLimitEvents", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RateLimitEvents_Key_At",
                table: "RateLimitEvents",
                columns: new[] { "Key", "At" });

            migrationBuilder.AddColumn<Guid>(
                name: "DigestAfter",
                table: "NewsletterIssues",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SeenHash",
                table: "NewsletterIssues",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_NewsletterIssues_DigestAfter",
                table: "NewsletterIssues",
                column: "DigestAfter",
                unique: true,
                filter: "\"State\" <> 'Cancelled'");

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

            migrationBuilder.AddColumn<Guid>(
                name: "InviterId",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NormalizedEmail",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            // Nobody knows who made these, and so whether that person still may; a link is made anew in a moment.
            migrationBuilder.Sql("""DELETE FROM "Invitations" WHERE "UsedAt" IS NULL""");
            migrationBuilder.Sql("""UPDATE "Invitations" SET "NormalizedEmail" = upper("Email")""");

            migrationBuilder.CreateTable(
                name: "ModeratorSessions",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ModeratorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BegunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ModeratorSessions", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_NormalizedEmail",
                table: "Invitations",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_ModeratorSessions_BegunAt",
                table: "ModeratorSessions",
                column: "BegunAt");

            migrationBuilder.CreateIndex(
                name: "IX_ModeratorSessions_ModeratorId",
                table: "ModeratorSessions",
                column: "ModeratorId");

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
                type: "BLOB",
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

            migrationBuilder.AddColumn<long>(
                name: "RemindedAt",
                table: "Subscribers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Network",
                table: "CommentReports",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<byte[]>(
                name: "Network",
                table: "CommentArrivals",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateTable(
                name: "FeedbackArrivals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Network = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedbackArrivals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SignInTries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Account = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Network = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInTries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SubscriberCodeTries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Network = table.Column<byte[]>(type: "BLOB", nullable: false)
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

            migrationBuilder.DropTable(
                name: "ModeratorSessions");

            migrationBuilder.DropIndex(
                name: "IX_Invitations_NormalizedEmail",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "InviterId",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "NormalizedEmail",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "Urgency",
                table: "Comments");

            migrationBuilder.DropTable(
                name: "PublicationTimes");

            migrationBuilder.DropIndex(
                name: "IX_NewsletterIssues_DigestAfter",
                table: "NewsletterIssues");

            migrationBuilder.DropColumn(
                name: "DigestAfter",
                table: "NewsletterIssues");

            migrationBuilder.DropColumn(
                name: "SeenHash",
                table: "NewsletterIssues");

            migrationBuilder.DropTable(
                name: "DailyKeys");

            migrationBuilder.DropTable(
                name: "RateLimitEvents");
        }
    }
}
