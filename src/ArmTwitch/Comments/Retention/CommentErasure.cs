using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Retention;

/// <summary>
/// Deletes what a person wrote from a comment and all that was made of it. Each method is part of the caller's transaction. All lock the
/// comment's row first and dependent rows afterwards, as decisions do; another order could deadlock.
/// </summary>
internal static class CommentErasure
{
    /// <summary>Deletes everything that the author wrote. An empty row stays, as answers belong to it.</summary>
    /// <param name="seen">The comment as the caller saw it. The same in all of these methods.</param>
    /// <returns>0 when the comment has changed since, and nothing was done. The same in all of these methods.</returns>
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

    /// <summary>Takes the comment off the page for good. There is no further decision that the author would have to be told.</summary>
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
    /// Deletes the author's address, here and in the mails about this comment. Mails that still wait are not sent.
    /// </summary>
    public static async Task<int> EraseAddressAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await seen.ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, (string?)null), cancellationToken) is 0)
            return 0;
        await SentMailRecords.EraseByCauseAsync(db, CauseOfMails(id), cancellationToken);
        return 1;
    }

    /// <summary>Deletes all words and the address. The state and the decisions stay.</summary>
    public static async Task<int> EraseWordsAsync(ArmTwitchDb db, IQueryable<Comment> seen, Guid id, CancellationToken cancellationToken)
    {
        if (await EraseAddressAsync(db, seen, id, cancellationToken) is 0)
            return 0;
        await EraseTextAsync(db, id, cancellationToken);
        return 1;
    }

    /// <summary>Deletes what the author typed and what was found in it.</summary>
    private static async Task EraseTextAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        await db.Set<CommentFlag>().Where(flag => flag.CommentId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(flag => flag.Words, ""), cancellationToken);
        await db.Set<Comment>().Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Author, "").SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Text, "")
                .SetProperty(one => one.ShownText, (string?)null).SetProperty(one => one.Removed, (string?)null)
                .SetProperty(one => one.Appeal, (string?)null).SetProperty(one => one.Reason, (string?)null)
                .SetProperty(one => one.Level, FlagLevel.Ordinary)
                .SetProperty(one => one.Urgency, FlagLevel.Ordinary).SetProperty(one => one.SpamScore, 0)
                .SetProperty(one => one.EscalatedTo, (Guid?)null),
            cancellationToken);
        await db.Set<CommentNote>().Where(note => note.CommentId == id).ExecuteDeleteAsync(cancellationToken);
        await DeleteUndoSnapshotsAsync(db, id, cancellationToken);
    }

    /// <summary>Deletes the words that the last decision overwrote; it cannot be undone any more.</summary>
    private static Task<int> DeleteUndoSnapshotsAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken) =>
        db.Set<DecisionUndoSnapshot>().Where(note => note.CommentId == id).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Allows the same words to be sent again. The comment still counts for the limits of its network.</summary>
    private static Task<int> DeleteContentHashesAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken) =>
        db.Set<CommentArrival>().Where(arrival => arrival.CommentId == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(arrival => arrival.Content, Array.Empty<byte>())
                    .SetProperty(arrival => arrival.Network, (byte[]?)null),
                cancellationToken);

    /// <summary>The beginning of the cause of every mail about this comment.</summary>
    public static string CauseOfMails(Guid id) => $"comment {id} ";
}
