using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>Erases the comments that were sent with an address, while the address is still stored with them.</summary>
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
            parts.Add(new(
                "comments", comments.Count, IsErased: true,
                $"{Plural.Of(comments.Count, "comment")} {(comments.Count is 1 ? "is" : "are")} erased, also where readers saw "
                    + $"{(comments.Count is 1 ? "it" : "them")}: name, words and address."));

        // A comment that names an address is often somebody else's: a person has to decide.
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
            parts.Add(new(
                "comments-naming", ids.Count, IsErased: false,
                $"The address stands in the words of {Plural.Of(ids.Count, "other comment")}. "
                    + $"Look at {(ids.Count is 1 ? "it" : "them")} and decide: " + string.Join(", ", ids.Select(id => $"/moderation/queue?comment={id}"))));
        await using var write = await writing.BeginAsync(db, cancellationToken);
        var reasons = await person.FindNamingAsync(db.Set<CommentReport>().Select(report => report.Reason), cancellationToken);
        var reports = await db.Set<CommentReport>().Where(report => reasons.Contains(report.Reason)).ExecuteDeleteAsync(cancellationToken);
        var noted = await person.FindNamingAsync(db.Set<CommentNote>().Select(note => note.Text), cancellationToken);
        var notes = await db.Set<CommentNote>().Where(note => noted.Contains(note.Text)).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        if (notes > 0)
            parts.Add(new(
                "comment-notes", notes, IsErased: true,
                $"{Plural.Of(notes, "moderators' note")} that {(notes is 1 ? "names the address is" : "name the address are")} deleted."));
        if (reports > 0)
            parts.Add(new(
                "reports", reports, IsErased: true,
                $"{Plural.Of(reports, "report")} that {(reports is 1 ? "names the address is" : "name the address are")} deleted."));
        return parts;
    }

    private async Task EraseAsync(ArmTwitchDb db, Comment comment, CancellationToken cancellationToken)
    {
        await using (var write = await writing.BeginAsync(db, cancellationToken))
        {
            await CommentErasure.EraseAsync(db, db.Set<Comment>().Where(one => one.Id == comment.Id), comment.Id, cancellationToken);
            db.Add(CommentDecision.Of(comment, DecisionKind.Erase, "the command line", clock.GetUtcNow()));
            await write.CommitAsync(cancellationToken);
        }

        notifier.Notify(comment, isSeen: comment.IsShown);
    }
}
