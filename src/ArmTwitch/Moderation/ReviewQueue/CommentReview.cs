using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Everything a moderator needs to decide on one comment.</summary>
/// <param name="DisplayText">
/// The text to decide on, as readers would see it: without markup, and without the parts that were taken out.
/// </param>
/// <param name="OriginalText">The text as it was typed, when that differs.</param>
/// <param name="IsSealed">Whether something was taken out, so that reading the original is recorded.</param>
/// <param name="RefusedBy">Who refused it, if the author appeals against that.</param>
public sealed record CommentReview(
    Comment Comment, string DisplayText, string? OriginalText, string ArticleTitle, Comment? Parent, IReadOnlyList<CommentFlag> Flags,
    IReadOnlyList<CommentReport> Reports, IReadOnlyList<CommentDecision> History, bool IsSealed, bool IsAppeal,
    string? RefusedBy, string? LastDecidedBy, CommentClaim? ClaimedBy)
{
    /// <summary>What moderators noted; the oldest first.</summary>
    public IReadOnlyList<CommentNote> Notes { get; init; } = [];

    /// <summary>The published answers of editors below it; the oldest first.</summary>
    public IReadOnlyList<Comment> Answers { get; init; } = [];

    /// <summary>Whether readers see the answers: not below a comment that was never on the page, or whose approval was undone.</summary>
    public bool AreAnswersShown => (Parent ?? Comment).ShownAt is not null;

    /// <summary>How many readers' reports have taken it off the page; 0 when none have.</summary>
    public int ReportsThatHold => Comment is { Status: CommentStatus.Pending, DecidedAt: { } decided, ShownText: not null }
        ? Reports.Count(report => report.At > decided) : 0;

    /// <summary>The refusal that the author appeals against; null when there is none.</summary>
    public CommentDecision? AppealedAgainst =>
        IsAppeal ? History.LastOrDefault(one => one.Kind is DecisionKind.Reject && one.UndoneAt is null) : null;

    /// <summary>Who refused it, and does not decide on the appeal as long as there is a colleague; null when anybody may decide.</summary>
    public Guid? NotFor { get; init; }

    /// <summary>How many other comments of the last day may be by the same person (<see cref="RelatedComments"/>).</summary>
    public int Related { get; init; }

    /// <summary>To whom it was passed on; null when it was not.</summary>
    public PassedOn? PassedOn { get; init; }

    /// <summary>What whoever passed it on last wrote to the colleague with it; null when nothing.</summary>
    public CommentNote? PassedOnWith =>
        PassedOn is not null && History.LastOrDefault(one => one is { Kind: DecisionKind.Escalate, UndoneAt: null }) is { } entry
            ? Notes.LastOrDefault(note => note.ModeratorId == entry.ModeratorId && note.At == entry.At) : null;

    /// <summary>The notes but for <see cref="PassedOnWith"/>.</summary>
    public IEnumerable<CommentNote> OtherNotes => Notes.Where(note => note != PassedOnWith);

    public CommentVersion Version => new(Comment.Id, Comment.Revision);

    public bool MayBeDecidedBy(Guid moderator) => NotFor != moderator;

    /// <summary>
    /// The older version that readers see now. Null when they see <see cref="DisplayText"/>, or nothing.
    /// </summary>
    public string? ShownInstead => Comment is { IsShown: true, ShownText: { } shown } && shown != DisplayText ? shown : null;
}

/// <summary>That a comment was passed on to a colleague.</summary>
/// <param name="Entry">The entry that whoever passed it on can take back; null once something has happened since.</param>
public sealed record PassedOn(Guid To, string ToName, string By, CommentDecision? Entry = null);

/// <summary>A comment as it was before something was taken out of it.</summary>
/// <param name="Text">
/// Null unless the outcome is <see cref="DecisionOutcome.Done"/>: it does not exist or is deleted, or the moderator may not read it.
/// </param>
public sealed record OriginalText(DecisionOutcome Outcome, string? Text = null);
