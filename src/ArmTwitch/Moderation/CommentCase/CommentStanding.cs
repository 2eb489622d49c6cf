using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.CommentCase;

/// <summary>How a comment stands, on which it depends what can be done with it.</summary>
/// <param name="NotFor">As of <see cref="CommentReview.NotFor"/>.</param>
public sealed record CommentStanding(CommentStatus Status, bool IsWaiting, bool IsShown, bool IsAppeal, Guid? NotFor)
{
    public static CommentStanding Of(CommentReview one) =>
        new(one.Comment.Status, one.Comment.IsWaiting, one.Comment.IsShown, one.IsAppeal, one.NotFor);

    /// <param name="drawn">The comment as it stood when its buttons were drawn.</param>
    /// <param name="now">The same comment as it stands now.</param>
    /// <returns>What has happened in between, as a sentence; null when the same can be done with it.</returns>
    public static string? ChangeBetween(CommentReview drawn, CommentReview now) =>
        Of(drawn) == Of(now) ? null
        : !now.Comment.IsWaiting ? now.DecidedBefore()
        : now.ReportsThatHold > 0 ? $"Reports have taken the comment by {now.Comment.Author} off the page. It waits again."
        : now.IsAppeal && !drawn.IsAppeal ? $"The comment by {now.Comment.Author} waits again: it was refused, and its author has answered."
        : !drawn.Comment.IsWaiting ? $"The comment by {now.Comment.Author} waits again."
        : $"What can be done with the comment by {now.Comment.Author} has changed.";
}
