using ArmTwitch.Data;
using ArmTwitch.Data.Restoring;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>
/// After a restore, keeps comments and words off the page that an author or a moderator took off it since the backup.
/// </summary>
public sealed class CommentRestoreReconciler : IRestoreReconciler
{
    public async Task<IReadOnlyList<string>> ReconcileAsync(
        ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT new."Id" AS "Value" FROM main."Comments" AS new JOIN before."Comments" AS old ON old."Id" = new."Id"
            WHERE old."Status" = 'Erased' AND new."Status" <> 'Erased'
            """).ToListAsync(cancellationToken);
        foreach (var id in ids)
            await CommentErasure.EraseAsync(db, db.Set<Comment>().Where(one => one.Id == id), id, cancellationToken);
        var gone = await db.UpdateRowsAsync<Comment>(
            ["Status", "ShownText", "IsWaiting", "DecidedAt", "Reason"],
            """
            old."Id" = new."Id" AND old."Status" IN ('Withdrawn', 'Removed') AND new."Status" NOT IN ('Withdrawn', 'Removed', 'Erased')
            """,
            cancellationToken);
        var redacted = await db.UpdateRowsAsync<Comment>(
            ["Status", "ShownText", "Removed", "DecidedAt"],
            """
            old."Id" = new."Id" AND new."ShownText" <> old."ShownText" AND old."Status" = 'ApprovedRedacted'
            AND new."Status" IN ('Approved', 'ApprovedRedacted')
            """,
            cancellationToken);
        await db.UpdateRowsAsync<Comment>(
            ["Email"], """old."Id" = new."Id" AND old."Email" IS NULL AND new."Email" IS NOT NULL""", cancellationToken);
        gone += ids.Count;
        var lines = new List<string>();
        if (gone > 0)
            lines.Add(
                $"{Plural.Of(gone, "comment")} {(gone is 1 ? "was" : "were")} erased, withdrawn or removed since the backup and stay so.");
        if (redacted > 0)
            lines.Add($"Words were taken out of {Plural.Of(redacted, "comment")} since the backup and stay out.");
        return lines;
    }
}
