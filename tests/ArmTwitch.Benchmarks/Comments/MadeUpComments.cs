using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Benchmarks.Comments;

/// <summary>
/// Comments by the hundred thousand, written by SQL of their own: one a minute, a seventh of which wait; the others were approved, with
/// their entry in the audit. At most <see cref="MostOnOne"/> are on <see cref="CommentLoad.Article"/>.
/// </summary>
internal static class MadeUpComments
{
    public const int MostOnOne = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <param name="db">A database with its tables.</param>
    public static async Task WriteAsync(ArmTwitchDb db, int count, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(Limit);
        var isSqlite = db.Database.IsSqlite();
        var first = TimeProvider.System.GetUtcNow().AddMinutes(-count);
        var (id, at, words) = isSqlite
            ? ("printf('00000000-0000-7000-8000-%012X', n)", $"({first.ToUnixTimeMilliseconds()} + n * 60000)", "CAST(n AS text)")
            : ("('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid", $"(timestamptz '{first:O}' + n * interval '1 minute')", "n::text");
        var waits = "(n % 7 = 3)";
        var text = $"'My arm twitched again in week ' || {words} || ', after little sleep. It began in the upper arm, and went away when I had "
            + "rested for some days. Has anybody else had that?'";
        var comments = $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
            INSERT INTO "Comments" ("Id", "Article", "Author", "Status", "Revision", "Text", "ShownText", "IsWaiting", "WrittenAt",
                "WaitingSince", "ShownAt", "DecidedAt", "Level", "Urgency", "SpamScore")
            SELECT {id},
                CASE WHEN n % {Math.Max(1, count / MostOnOne)} = 0 THEN 'arm-muscle-twitching' ELSE 'another-article-' || (n % 22) END,
                'Ada', CASE WHEN {waits} THEN 'Pending' ELSE 'Approved' END, 1, {text}, CASE WHEN NOT {waits} THEN {text} END, {waits}, {at},
                {at}, CASE WHEN NOT {waits} THEN {at} END, CASE WHEN NOT {waits} THEN {at} END, 2, 2, (n % 50) / 100.0
            FROM numbers
            """;
        await ExecuteAsync(comments);
        await ExecuteAsync("""
            INSERT INTO "CommentDecisions" (
                "CommentId", "Revision", "Kind", "By", "Before", "After", "At", "WaitedSeconds", "Flags")
            SELECT "Id", 1, 'Approve', 'Ada', 'Pending', 'Approved', "DecidedAt", 60.0, '' FROM "Comments" WHERE "DecidedAt" IS NOT NULL
            """);
        await ExecuteAsync(isSqlite ? "ANALYZE" : "VACUUM ANALYZE");

        Task ExecuteAsync(string statement) => db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
    }
}
