using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ArmTwitch.Data.Migrations.Postgres
{
    /// <summary>
    /// Triggers that tell every replica of a change, as part of the transaction that makes it: whichever program writes, nobody can forget it.
    /// <c>Data/Changes</c> hears them.
    /// </summary>
    public partial class AnnounceChanges : Migration
    {
        /// <remarks>
        /// The article follows the comment's id only where readers' pages may have changed. What neither readers nor moderators see, such as
        /// the time until which a moderator has a comment open, tells nobody.
        /// </remarks>
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION announce_comment() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        PERFORM pg_notify('armtwitch', concat_ws(' ', 'comment', OLD."Id", CASE WHEN OLD."ShownAt" IS NOT NULL THEN OLD."Article" END));
                    ELSIF TG_OP = 'INSERT' THEN
                        PERFORM pg_notify('armtwitch', concat_ws(' ', 'comment', NEW."Id", CASE WHEN NEW."ShownAt" IS NOT NULL THEN NEW."Article" END));
                    ELSE
                        PERFORM pg_notify('armtwitch', concat_ws(' ', 'comment', NEW."Id", CASE
                            WHEN (OLD."ShownAt" IS NOT NULL OR NEW."ShownAt" IS NOT NULL)
                                AND (OLD."Status", OLD."ShownText", OLD."ShownAt", OLD."Author", OLD."Removed", OLD."Badge")
                                    IS DISTINCT FROM (NEW."Status", NEW."ShownText", NEW."ShownAt", NEW."Author", NEW."Removed", NEW."Badge")
                            THEN NEW."Article" END));
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER announce AFTER INSERT OR DELETE ON "Comments" FOR EACH ROW EXECUTE FUNCTION announce_comment();
                CREATE TRIGGER announce_update AFTER UPDATE ON "Comments" FOR EACH ROW
                    WHEN ((OLD."Status", OLD."Revision", OLD."ShownText", OLD."ShownAt", OLD."Author", OLD."Removed", OLD."Badge",
                            OLD."IsWaiting", OLD."Level", OLD."Urgency", OLD."ClaimedBy", OLD."EscalatedTo")
                        IS DISTINCT FROM (NEW."Status", NEW."Revision", NEW."ShownText", NEW."ShownAt", NEW."Author", NEW."Removed", NEW."Badge",
                            NEW."IsWaiting", NEW."Level", NEW."Urgency", NEW."ClaimedBy", NEW."EscalatedTo"))
                    EXECUTE FUNCTION announce_comment();

                CREATE FUNCTION announce_part_of_comment() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('armtwitch', concat_ws(' ', 'comment', CASE WHEN TG_OP = 'DELETE' THEN OLD."CommentId" ELSE NEW."CommentId" END));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER announce AFTER INSERT OR DELETE ON "CommentReports" FOR EACH ROW EXECUTE FUNCTION announce_part_of_comment();
                CREATE TRIGGER announce AFTER INSERT OR DELETE ON "CommentNotes" FOR EACH ROW EXECUTE FUNCTION announce_part_of_comment();

                CREATE FUNCTION announce_issue() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('armtwitch', concat_ws(' ', 'issue', CASE WHEN TG_OP = 'DELETE' THEN OLD."Slug" ELSE NEW."Slug" END));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER announce_new AFTER INSERT ON "NewsletterIssues" FOR EACH ROW
                    WHEN (NEW."PublishedAt" IS NOT NULL) EXECUTE FUNCTION announce_issue();
                CREATE TRIGGER announce_update AFTER UPDATE ON "NewsletterIssues" FOR EACH ROW
                    WHEN ((OLD."PublishedAt", OLD."Subject", OLD."Preheader", OLD."Body", OLD."Articles")
                        IS DISTINCT FROM (NEW."PublishedAt", NEW."Subject", NEW."Preheader", NEW."Body", NEW."Articles")
                        AND (OLD."PublishedAt" IS NOT NULL OR NEW."PublishedAt" IS NOT NULL))
                    EXECUTE FUNCTION announce_issue();
                CREATE TRIGGER announce_end AFTER DELETE ON "NewsletterIssues" FOR EACH ROW
                    WHEN (OLD."PublishedAt" IS NOT NULL) EXECUTE FUNCTION announce_issue();

                CREATE FUNCTION announce_session() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('armtwitch', concat_ws(' ', 'session', OLD."ModeratorId"));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER announce_end AFTER UPDATE ON "ModeratorSessions" FOR EACH ROW
                    WHEN (OLD."EndedBy" IS NULL AND NEW."EndedBy" IS NOT NULL) EXECUTE FUNCTION announce_session();

                CREATE FUNCTION announce_moderator() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('armtwitch', concat_ws(' ', 'session', OLD."Id"));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER announce_role AFTER UPDATE ON "Moderators" FOR EACH ROW
                    WHEN (OLD."Role" IS DISTINCT FROM NEW."Role") EXECUTE FUNCTION announce_moderator();
                CREATE TRIGGER announce_removal AFTER DELETE ON "Moderators" FOR EACH ROW EXECUTE FUNCTION announce_moderator();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP FUNCTION announce_comment, announce_part_of_comment, announce_issue, announce_session, announce_moderator CASCADE;
                """);
        }
    }
}
