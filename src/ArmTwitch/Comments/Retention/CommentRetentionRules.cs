using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>How long the parts of comments are kept.</summary>
public sealed class CommentRetentionRules : IRetentionRules
{
    /// <summary>How long the author's page, an appeal or a moderator may need what was typed.</summary>
    public static readonly TimeSpan WordsLife = TimeSpan.FromDays(30);

    public static readonly TimeSpan SpamLife = TimeSpan.FromDays(180),
        ReportLife = TimeSpan.FromDays(30),
        NoteLife = TimeSpan.FromDays(30),
        ArrivalLife = TimeSpan.FromDays(1);

    private const string By = "housekeeping";

    public IEnumerable<RetentionRule> Rules =>
    [
        new("comment-arrivals", $"{ArrivalLife.Days} day", DeleteArrivalsAsync),
        new("comment-links", "until the link ends", DeleteTokensAsync),
        new(
            "comment-addresses", $"{WordsLife.Days} days after the decision; at once when muted, withdrawn or erased",
            DeleteAddressesAsync),
        new("comment-originals", $"{WordsLife.Days} days after the decision", DeleteOriginalsAsync),
        new(
            "refused-comments", $"{WordsLife.Days} days after it was refused, taken down or withdrawn; spam {SpamLife.Days} days",
            DeleteRejectedAsync),
        new("comment-notes", $"{NoteLife.Days} days, or as long as the comment waits for a moderator", DeleteNotesAsync),
        new("comment-reports", $"{ReportLife.Days} days, or as long as the comment waits for a moderator", DeleteReportsAsync),
    ];

    private static Task<int> DeleteArrivalsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - ArrivalLife;
        return context.DeleteAsync(context.Db.Set<CommentArrival>().Where(arrival => arrival.At <= old), cancellationToken);
    }

    private static Task<int> DeleteTokensAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var now = context.Now;
        return context.DeleteAsync(context.Db.Set<CommentToken>().Where(token => token.ExpiresAt <= now), cancellationToken);
    }

    private static Task<int> DeleteAddressesAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - WordsLife);
        var over = db.Set<Comment>().Where(comment =>
            comment.Email != null && !comment.IsWaiting && (comment.Status == CommentStatus.Withdrawn || comment.DecidedAt <= old));
        return context.ForEachBatchAsync(over.Select(comment => comment.Id), async ids =>
        {
            var erased = 0;
            // Asked again for each: when it waits again by now, the author will have to be told of another decision.
            foreach (var id in ids)
                erased += await CommentErasure.EraseAddressAsync(db, over.Where(comment => comment.Id == id), id, cancellationToken);
            return erased;
        }, cancellationToken);
    }

    /// <summary>
    /// Deletes what was typed beside the text that readers see: removed words, a new version that was refused, an appeal, and the words in
    /// flags.
    /// </summary>
    private static async Task<int> DeleteOriginalsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, now, old) = (context.Db, context.Now, context.Now - WordsLife);
        var settled = db.Set<Comment>().AsNoTracking().Shown().Where(comment => !comment.IsWaiting && comment.DecidedAt <= old);
        var flagged = await context.ForEachBatchAsync(
            settled.Where(comment => db.Set<CommentFlag>().Any(flag => flag.CommentId == comment.Id && flag.Words != ""))
                .Select(comment => comment.Id),
            ids => db.Set<CommentFlag>()
                .Where(flag => ids.Contains(flag.CommentId) && settled.Any(comment => comment.Id == flag.CommentId)).ExecuteUpdateAsync(
                    set => set.SetProperty(flag => flag.Words, ""), cancellationToken),
            cancellationToken);
        return flagged + await context.ForEachBatchAsync(
            settled.Where(comment => comment.Text != comment.ShownText || comment.Appeal != null)
                .Select(comment => new { comment.Id, comment.Revision, comment.Status }),
            async originals =>
            {
                var purged = 0;
                foreach (var one in originals)
                {
                    if (await db.Set<Comment>().Where(comment =>
                        comment.Id == one.Id && comment.Revision == one.Revision && !comment.IsWaiting && comment.ShownText != null)
                        .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.Text, comment => comment.ShownText!).SetProperty(
                            comment => comment.Appeal, (string?)null), cancellationToken) is 0)
                        continue;
                    db.Add(Purged(one.Id, one.Revision, one.Status, now));
                    purged++;
                }

                return purged;
            },
            cancellationToken);
    }

    /// <summary>Deletes the words of comments that readers will not see. The row, its state and the decisions stay.</summary>
    private static Task<int> DeleteRejectedAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, now, old, oldSpam) = (context.Db, context.Now, context.Now - WordsLife, context.Now - SpamLife);
        // Looking at the original, or deleting it, is no decision.
        var decisions = db.Set<CommentDecision>()
            .Where(entry => entry.Kind != DecisionKind.OriginalRead && entry.Kind != DecisionKind.OriginalPurged);
        var over = db.Set<Comment>().AsNoTracking()
            .Where(comment => !comment.IsWaiting && (comment.Text != "" || comment.Author != "") && comment.WrittenAt <= old
                && ((comment.Status == CommentStatus.Spam && !decisions.Any(entry => entry.CommentId == comment.Id && entry.At > oldSpam))
                    || ((comment.Status == CommentStatus.Withdrawn
                        || comment.Status == CommentStatus.Rejected || comment.Status == CommentStatus.Removed)
                        && !decisions.Any(entry => entry.CommentId == comment.Id && entry.At > old))));
        return context.ForEachBatchAsync(over.Select(comment => new { comment.Id, comment.Revision, comment.Status }), async refused =>
        {
            var erased = 0;
            foreach (var one in refused)
            {
                // Asked again for each: its author may appeal at this moment.
                var seen = db.Set<Comment>().Where(comment => comment.Id == one.Id && comment.Status == one.Status && !comment.IsWaiting);
                if (await CommentErasure.EraseWordsAsync(db, seen, one.Id, cancellationToken) is 0)
                    continue;
                db.Add(Purged(one.Id, one.Revision, one.Status, now));
                erased++;
            }

            return erased;
        }, cancellationToken);
    }

    private static Task<int> DeleteReportsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - ReportLife);
        return context.DeleteAsync(
            db.Set<CommentReport>().Where(report =>
                report.At <= old && !db.Set<Comment>().Any(comment => comment.Id == report.CommentId && comment.IsWaiting)),
            cancellationToken);
    }

    private static Task<int> DeleteNotesAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - NoteLife);
        return context.DeleteAsync(
            db.Set<CommentNote>().Where(note =>
                note.At <= old && !db.Set<Comment>().Any(comment => comment.Id == note.CommentId && comment.IsWaiting)),
            cancellationToken);
    }

    private static CommentDecision Purged(Guid id, int revision, CommentStatus status, DateTimeOffset now) => new()
    {
        CommentId = id,
        Revision = revision,
        Kind = DecisionKind.OriginalPurged,
        By = By,
        Before = status,
        After = status,
        At = now,
        Flags = "",
    };
}
