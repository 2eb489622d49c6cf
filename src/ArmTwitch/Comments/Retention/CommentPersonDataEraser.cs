using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>Erases the comments that were written under an address, as long as it is kept with them.</summary>
public sealed class CommentPersonDataEraser(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, CommentChangeNotifier notifier, TimeProvider clock)
    : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var addresses = await person.FindAsync(db.Set<Comment>().Select(comment => comment.Email), cancellationToken);
        var parts = new List<ErasureResult>();
        var comments = await db.Set<Comment>().AsNoTracking()
            .Where(comment => addresses.Contains(comment.Email!)).ToListAsync(cancellationToken);
        foreach (var comment in comments)
            await EraseAsync(db, comment, cancellationToken);
        if (comments.Count > 0)
            parts.Add(new("comments", comments.Count, IsErased: true, $"{(comments.Count is 1 ? "1 comment is" : $"{comments.Count} comments are")} erased, also where readers saw {(comments.Count is 1 ? "it" : "them")}: name, words and address."));

        // Text that names an address is somebody else's as often as not.
        var texts = new List<string>();
        foreach (var column in new IQueryable<string?>[]
        {
            db.Set<Comment>().Select(comment => comment.Text),
            db.Set<Comment>().Select(comment => comment.ShownText),
            db.Set<Comment>().Select(comment => comment.Appeal)
        })
            texts.AddRange(await person.FindNamingAsync(column, cancellationToken));
        var ids = await db.Set<Comment>()
            .Where(comment => texts.Contains(comment.Text) || texts.Contains(comment.ShownText!) || texts.Contains(comment.Appeal!))
            .Select(comment => comment.Id).ToListAsync(cancellationToken);
        if (ids.Count > 0)
            parts.Add(new("comments-naming", ids.Count, IsErased: false, $"The address stands in the words of {(ids.Count is 1 ? "1 other comment" : $"{ids.Count} other comments")}. Look at {(ids.Count is 1 ? "it" : "them")} and decide: {string.Join(", ", ids.Select(id => $"/moderation?comment={id}"))}"));
        await using var write = await writing.BeginAsync(db, cancellationToken);
        var reasons = await person.FindNamingAsync(db.Set<CommentReport>().Select(report => report.Reason), cancellationToken);
        var reports = await db.Set<CommentReport>().Where(report => reasons.Contains(report.Reason)).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        if (reports > 0)
            parts.Add(new(
                "reports", reports, IsErased: true,
                $"{(reports is 1 ? "1 report that names the address is" : $"{reports} reports that name the address are")} deleted."));
        return parts;
    }

    private async Task EraseAsync(ArmTwitchDb db, Comment comment, CancellationToken cancellationToken)
    {
        await using (var write = await writing.BeginAsync(db, cancellationToken))
        {
            await CommentErasure.EraseAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, cancellationToken);
            db.Add(CommentDecision.Of(comment, DecisionKind.Erase, CommentStatus.Erased, "the command line", clock.GetUtcNow()));
            await write.CommitAsync(cancellationToken);
        }

        notifier.Notify(comment, isSeen: comment.IsShown);
    }
}
