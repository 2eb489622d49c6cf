using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>What is kept of the moderators' work, and until when.</summary>
public sealed class ModerationRetention : IRetention
{
    /// <summary>Long enough to answer a complaint about a decision.</summary>
    public static readonly TimeSpan NameLife = TimeSpan.FromDays(730);

    /// <summary>Stands in the audit for somebody who has no account any more.</summary>
    public const string Former = "a former moderator";

    public IEnumerable<RetentionRule> Rules =>
    [
        new("undo-notes", $"{Decisions.UndoWindow.Minutes} minutes", ForgetUndoNotesAsync),
        new("audit-names", $"{NameLife.Days} days after the decision, or as long as the account exists", ForgetNamesAsync),
    ];

    private static Task<int> ForgetUndoNotesAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now - Decisions.UndoWindow;
        return round.DeleteAsync(round.Db.Set<UndoNote>().Where(note => note.At < old), cancellationToken);
    }

    private static Task<int> ForgetNamesAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var (db, old) = (round.Db, round.Now - NameLife);
        return round.WriteAsync(
            () => db.Set<CommentDecision>().Where(entry => entry.At <= old && entry.ModeratorId != null && entry.By != Former && !db.Users.Any(moderator => moderator.Id == entry.ModeratorId))
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.By, Former), cancellationToken),
            cancellationToken);
    }
}
