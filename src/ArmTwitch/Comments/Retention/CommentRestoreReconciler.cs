using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>
/// Keeps off the page what was taken off it since the backup, by its writer or by a moderator: a comment, or words of it.
/// </summary>
public sealed class CommentRestoreReconciler : IRestoreReconciler
{
    public async Task<IReadOnlyList<string>> ReconcileAsync(
        ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var ids = await db.Database.SqlQuery<Guid>(
            $"""SELECT new."Id" AS "Value" FROM main."Comments" AS new JOIN before."Comments" AS old ON old."Id" = new."Id" WHERE old."Status" = 'Erased' AND new."Status" <> 'Erased'""").ToListAsync(cancellationToken);
        foreach (var id in ids)
            await CommentErasure.EraseAsync(db, db.Set<Comment>().Where(one => one.Id == id), id, cancellationToken);
        var gone = await db.UpdateRowsAsync<Comment>(
            ["Status", "ShownText", "IsWaiting", "DecidedAt", "Reason"],
            """old."Id" = new."Id" AND old."Status" IN ('Withdrawn', 'Removed') AND new."Status" NOT IN ('Withdrawn', 'Removed', 'Erased')""",
            cancellationToken);
        var redacted = await db.UpdateRowsAsync<Comment>(
            ["Status", "ShownText", "Removed", "DecidedAt"],
            """old."Id" = new."Id" AND new."ShownText" <> old."ShownText" AND old."Status" = 'ApprovedRedacted' AND new."Status" IN ('Approved', 'ApprovedRedacted')""",
            cancellationToken);
        await db.UpdateRowsAsync<Comment>(
            ["Email"], """old."Id" = new."Id" AND old."Email" IS NULL AND new."Email" IS NOT NULL""", cancellationToken);
        return
        [
            .. ids.Count + gone is 0 ? Array.Empty<string>() : [$"{ids.Count + gone} {(ids.Count + gone is 1 ? "comment was" : "comments were")} erased, withdrawn or removed since the backup and stay so."],
            .. redacted is 0
                ? Array.Empty<string>()
                : [$"Words were taken out of {redacted} {(redacted is 1 ? "comment" : "comments")} since the backup and stay out."],
        ];
    }
}
