using ArmTwitch.Comments;
using ArmTwitch.Data.Retention;
using ArmTwitch.Moderation.Deciding;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>How long data about the work of moderators is kept.</summary>
public sealed class ModerationRetentionRules : IRetentionRules
{
    /// <summary>Long enough to answer a complaint about a decision.</summary>
    public static readonly TimeSpan NameLife = TimeSpan.FromDays(730);

    /// <summary>The name in the audit log for somebody who has no account any more.</summary>
    public const string Former = "a former moderator";

    public IEnumerable<RetentionRule> Rules =>
    [
        new("undo-notes", $"{DecisionUndoService.Window.Minutes} minutes", DeleteUndoSnapshotsAsync),
        new("audit-names", $"{NameLife.Days} days after the decision, or as long as the account exists", DeleteNamesAsync),
    ];

    private static Task<int> DeleteUndoSnapshotsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - DecisionUndoService.Window;
        return context.DeleteAsync(context.Db.Set<DecisionUndoSnapshot>().Where(snapshot => snapshot.At < old), cancellationToken);
    }

    private static Task<int> DeleteNamesAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - NameLife);
        return context.WriteAsync(
            () => db.Set<CommentDecision>().Where(entry => entry.At <= old && entry.ModeratorId != null
                && entry.By != Former && !db.Users.Any(moderator => moderator.Id == entry.ModeratorId))
                .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.By, Former), cancellationToken),
            cancellationToken);
    }
}
