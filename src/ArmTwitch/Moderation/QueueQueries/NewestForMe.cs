using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.QueueQueries;

/// <summary>The comment that was passed on to a moderator last, of those that wait.</summary>
/// <param name="Author">Of the comment.</param>
/// <param name="By">The colleague who passed it on.</param>
public sealed record NewestForMe(string Author, string By, bool IsCrisis)
{
    internal static Task<NewestForMe?> FindAsync(ArmTwitchDb db, Guid me, CancellationToken cancellationToken) =>
        (from comment in db.Set<Comment>()
         where comment.IsWaiting && comment.EscalatedTo == me
         join entry in db.Set<CommentDecision>() on comment.Id equals entry.CommentId
         where entry.Kind == DecisionKind.Escalate && entry.UndoneAt == null
         orderby entry.Id descending
         select new NewestForMe(comment.Author, entry.By, comment.Level == FlagLevel.Crisis)).FirstOrDefaultAsync(cancellationToken);
}
