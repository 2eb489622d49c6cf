using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>
/// Takes a person out of a comment and out of everything that was made of it. Each method is a part of the caller's transaction. It takes
/// the comment's row first and what hangs on it afterwards, as decisions do: two who took them in another order would wait for each other.
/// </summary>
internal static class CommentErasure
{
    /// <summary>Takes out every word of the writer. What is left keeps the answers in their place.</summary>
    /// <param name="seen">The comment, as the caller saw it; so for all of these.</param>
    /// <returns>0 when it is another by now, and nothing is done; so for all of these.</returns>
    public static async Task<int> EraseAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await seen.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, CommentStatus.Erased).SetProperty(one => one.IsWaiting, false),
            cancellationToken) is 0)
            return 0;
        await DeleteContentHashesAsync(db, id, cancellationToken);
        await SentMailRecords.EraseByCauseAsync(db, CauseOfMails(id), cancellationToken);
        await db.Set<CommentReport>().Where(report => report.CommentId == id).ExecuteDeleteAsync(cancellationToken);
        await EraseTextAsync(db, id, cancellationToken);
        return 1;
    }

    /// <summary>Takes the comment off the page. Nothing is decided any more of which the writer would have to be told.</summary>
    public static async Task<int> WithdrawAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await seen.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, CommentStatus.Withdrawn)
                .SetProperty(one => one.ShownText, (string?)null).SetProperty(one => one.IsWaiting, false)
                .SetProperty(one => one.Email, (string?)null),
            cancellationToken) is 0)
            return 0;
        await DeleteContentHashesAsync(db, id, cancellationToken);
        await SentMailRecords.EraseByCauseAsync(db, CauseOfMails(id), cancellationToken);
        await DeleteUndoSnapshotsAsync(db, id, cancellationToken);
        return 1;
    }

    /// <summary>
    /// Deletes the address of the writer, and takes it out of the mails that tell of this comment; what waits is not sent.
    /// </summary>
    public static async Task<int> EraseAddressAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await seen.ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, (string?)null), cancellationToken) is 0)
            return 0;
        await SentMailRecords.EraseByCauseAsync(db, CauseOfMails(id), cancellationToken);
        return 1;
    }

    /// <summary>Takes out every word and the address; the state stays, and so does how it was decided.</summary>
    public static async Task<int> EraseWordsAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await EraseAddressAsync(db, seen, id, cancellationToken) is 0)
            return 0;
        await EraseTextAsync(db, id, cancellationToken);
        return 1;
    }

    /// <summary>Empties whatever the writer typed, and what was said of it; where the comment stands stays.</summary>
    private static async Task EraseTextAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        await db.Set<CommentFlag>().Where(flag => flag.CommentId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(flag => flag.Words, ""), cancellationToken);
        await db.Set<Comment>().Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Author, "").SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Text, "")
                .SetProperty(one => one.ShownText, (string?)null).SetProperty(one => one.Removed, (string?)null)
                .SetProperty(one => one.Appeal, (string?)null).SetProperty(one => one.Reason, (string?)null)
                .SetProperty(one => one.Level, FlagLevel.Ordinary)
                .SetProperty(one => one.Urgency, FlagLevel.Ordinary).SetProperty(one => one.SpamScore, 0),
            cancellationToken);
        await DeleteUndoSnapshotsAsync(db, id, cancellationToken);
    }

    /// <summary>Deletes the words that the last decision overwrote: nothing of it is undone any more.</summary>
    private static Task<int> DeleteUndoSnapshotsAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken) =>
        db.Set<UndoNote>().Where(note => note.CommentId == id).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The same words may be sent anew. That the network wrote still counts for its limits.</summary>
    private static Task<int> DeleteContentHashesAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken) =>
        db.Set<CommentArrival>().Where(arrival => arrival.CommentId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(arrival => arrival.Content, Array.Empty<byte>()), cancellationToken);

    /// <summary>How the cause of every mail about this comment begins.</summary>
    public static string CauseOfMails(Guid id) => $"comment {id} ";
}
