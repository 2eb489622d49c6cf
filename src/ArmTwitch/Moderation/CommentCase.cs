using ArmTwitch.Articles;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation;

/// <summary>Which comments to list. Without a status: those that wait.</summary>
/// <param name="Rule">Those on which this rule spoke.</param>
/// <param name="Words">Those whose text or writer's name holds this, as a moderator sees them: sealed words find nothing.</param>
/// <param name="IsSpamLike">Only those that look like advertising.</param>
public sealed record QueueFilter(
    FlagLevel? Level = null, Slug? Article = null, string? Rule = null, CommentStatus? Status = null, string? Words = null, bool IsSpamLike = false)
{
    /// <summary>The list as it is when nobody has chosen anything: all that waits.</summary>
    public static readonly QueueFilter Everything = new();
}

/// <summary>What can be chosen from, as far as comments that wait have it.</summary>
public sealed record QueueChoices(IReadOnlyList<(Slug Slug, string Title)> Articles, IReadOnlyList<string> Rules)
{
    public static readonly QueueChoices None = new([], []);
}

/// <summary>One comment in the list.</summary>
/// <param name="Excerpt">Its first words.</param>
/// <param name="ClaimedBy">Who has it open now; null when nobody has.</param>
public sealed record QueueRow(
    Guid Id, int Revision, Slug Article, string Author, string Excerpt, FlagLevel Level, double SpamScore, CommentStatus Status, bool IsWaiting,
    bool IsAppeal, bool IsReply, DateTimeOffset WaitingSince, Claim? ClaimedBy)
{
    public bool IsSpamLike => SpamScore >= WaitingComments.SpamLike;

    public SeenComment Seen => new(Id, Revision);
}

/// <param name="Total">How many there are on all pages.</param>
public sealed record QueueSlice(IReadOnlyList<QueueRow> Rows, int Total);

/// <param name="Oldest">Since when the comment has waited that has waited longest; null when none does.</param>
public sealed record QueueCounts(int Waiting, int Crisis, int RedFlags, DateTimeOffset? Oldest);

/// <summary>That a moderator has a comment open.</summary>
public sealed record Claim(Guid ModeratorId, string Name);

/// <summary>Everything a moderator needs to decide on one comment.</summary>
/// <param name="Words">The text to decide on, as readers would see it: without markup, and without what has been taken out of it.</param>
/// <param name="Typed">The text as it was typed, when that is another.</param>
/// <param name="IsSealed">Whether the original can be read, which is recorded.</param>
/// <param name="IsReported">Whether it waits because readers reported a text that had been approved.</param>
/// <param name="RefusedBy">Who refused it, when the writer speaks against that.</param>
public sealed record CommentCase(
    Comment Comment, string Words, string? Typed, string ArticleTitle, Comment? Parent, IReadOnlyList<CommentFlag> Flags, IReadOnlyList<CommentReport> Reports,
    IReadOnlyList<CommentDecision> History, bool IsSealed, bool IsReported, bool IsAppeal, string? RefusedBy, string? LastDecidedBy, Claim? ClaimedBy)
{
    public SeenComment Seen => new(Comment.Id, Comment.Revision);

    /// <summary>What readers see now, when that is not <see cref="Words"/>: an older version. Null when it is, or they see nothing.</summary>
    public string? ShownInstead => Comment is { IsShown: true, ShownText: { } shown } && shown != Words ? shown : null;
}

/// <summary>A comment as it was before something was taken out of it.</summary>
/// <param name="Text">Null unless the outcome is <see cref="DecisionOutcome.Done"/>: there is none, or none any more, or the reader may not.</param>
public sealed record OriginalText(DecisionOutcome Outcome, string? Text = null);
