using System.Linq.Expressions;
using ArmTwitch.Articles;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data.Telemetry;

namespace ArmTwitch.Comments;

/// <summary>A reader's comment on an article. Until it is approved only its author and moderators see it.</summary>
public sealed class Comment : ICountedRow
{
    public const int MaxNameLength = 80, MaxEmailLength = 254, MaxTextLength = 3000;

    /// <summary>From this <see cref="SpamScore"/> on a comment counts as looking like advertising.</summary>
    public const double SpamLike = .9;

    /// <summary><see cref="IsShown"/> as an expression for queries.</summary>
    internal static readonly Expression<Func<Comment, bool>> IsShownInQuery = comment =>
        comment.ShownText != null && (comment.Status == CommentStatus.Approved || comment.Status == CommentStatus.ApprovedRedacted);

    private static readonly Func<Comment, bool> IsShownInMemory = IsShownInQuery.Compile();

    public Guid Id { get; init; } = Guid.CreateVersion7();

    string ICountedRow.Event => "comment-arrived";

    public required Slug Article { get; init; }

    /// <summary>The comment that this one answers; null when it answers none. An answer has no answers of its own.</summary>
    public Guid? ParentId { get; init; }

    public required string Author { get; set; }

    /// <summary>For the mail that tells the author of the decision; deleted 30 days after it.</summary>
    public string? Email { get; set; }

    public CommentStatus Status { get; set; } = CommentStatus.Pending;

    /// <summary>The number of the version, from 1. A decision names the one that the moderator saw.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>
    /// The latest version, as the author typed it (<see cref="CommentTextCleaner.CleanWithinLimit"/>). Readers see it without markup
    /// (<see cref="CommentTextCleaner.Clean"/>).
    /// </summary>
    public required string Text { get; set; }

    /// <summary>
    /// What readers see: the approved version, without the words that a moderator removed. Null until the first approval.
    /// </summary>
    public string? ShownText { get; set; }

    /// <summary>
    /// Whether readers see it. That there is a <see cref="ShownText"/> is not enough: it is kept while the comment is off the page, so that
    /// removed words do not come back with it.
    /// </summary>
    public bool IsShown => IsShownInMemory(this);

    /// <summary>The kinds of words that a moderator removed, as readers are told; null when none.</summary>
    public string? Removed { get; set; }

    /// <summary>Whether a moderator has to look at it: a new comment, a changed text, an appeal or a report.</summary>
    public bool IsWaiting { get; set; } = true;

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When it began to wait for a moderator. Orders the queue.</summary>
    public required DateTimeOffset WaitingSince { get; set; }

    /// <summary>When readers could first see it; null until then. Orders the list.</summary>
    public DateTimeOffset? ShownAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused, as the author is told.</summary>
    public string? Reason { get; set; }

    /// <summary>What the author says against a refusal. Possible once.</summary>
    public string? Appeal { get; set; }

    public FlagLevel Level { get; set; } = FlagLevel.Ordinary;

    /// <summary>The most urgent level of all versions: an author who once asked for help goes on seeing where to get it.</summary>
    public FlagLevel Urgency { get; set; } = FlagLevel.Ordinary;

    /// <summary>How much it looks like advertising, from 0 to 1. Only orders the queue.</summary>
    public double SpamScore { get; set; }

    /// <summary>Whether it looks like advertising. The database works it out, for the index of the queue.</summary>
    public bool IsSpamLike { get; private set; }

    /// <summary>The role shown beside an editor's answer; null for a reader's comment.</summary>
    public string? Badge { get; init; }

    /// <summary>The moderator who has it open, until <see cref="ClaimedUntil"/>.</summary>
    public Guid? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>The moderator to whom a colleague has passed it on; null when nobody has.</summary>
    public Guid? EscalatedTo { get; set; }
}

/// <summary>The state of a comment. Stored under these names, and written in kebab-case on the command line and in exports.</summary>
public enum CommentStatus
{
    Pending,
    Approved,
    ApprovedRedacted,
    Rejected,
    Spam,
    Removed,
    Withdrawn,
    Erased,
}
