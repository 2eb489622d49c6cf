using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Everything a moderator needs to decide on one comment.</summary>
/// <param name="DisplayText">
/// The text to decide on, as readers would see it: without markup, and without what has been taken out of it.
/// </param>
/// <param name="OriginalText">The text as it was typed, when that is another.</param>
/// <param name="IsSealed">Whether the original can be read, which is recorded.</param>
/// <param name="IsReported">Whether it waits because readers reported a text that had been approved.</param>
/// <param name="RefusedBy">Who refused it, when the writer speaks against that.</param>
public sealed record CommentReview(
    Comment Comment, string DisplayText, string? OriginalText, string ArticleTitle, Comment? Parent, IReadOnlyList<CommentFlag> Flags,
    IReadOnlyList<CommentReport> Reports, IReadOnlyList<CommentDecision> History, bool IsSealed, bool IsReported, bool IsAppeal,
    string? RefusedBy, string? LastDecidedBy, CommentClaim? ClaimedBy)
{
    public CommentVersion Version => new(Comment.Id, Comment.Revision);

    /// <summary>
    /// What readers see now, when that is not <see cref="DisplayText"/>: an older version. Null when it is, or they see nothing.
    /// </summary>
    public string? ShownInstead => Comment is { IsShown: true, ShownText: { } shown } && shown != DisplayText ? shown : null;
}

/// <summary>A comment as it was before something was taken out of it.</summary>
/// <param name="Text">
/// Null unless the outcome is <see cref="DecisionOutcome.Done"/>: there is none, or none any more, or the reader may not.
/// </param>
public sealed record OriginalText(DecisionOutcome Outcome, string? Text = null);
