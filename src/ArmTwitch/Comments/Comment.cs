using System.Linq.Expressions;
using ArmTwitch.Articles;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments;

/// <summary>A reader's remark on an article. Nobody but its writer and a moderator sees it until it is approved.</summary>
public sealed class Comment
{
    public const int MaxNameLength = 80, MaxEmailLength = 254, MaxTextLength = 3000;

    /// <summary>Whether readers see it: <see cref="IsShown"/> as a query asks.</summary>
    internal static readonly Expression<Func<Comment, bool>> IsVisible = comment =>
        comment.ShownText != null && (comment.Status == CommentStatus.Approved || comment.Status == CommentStatus.ApprovedRedacted);

    private static readonly Func<Comment, bool> IsVisibleInMemory = IsVisible.Compile();

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Slug Article { get; init; }

    /// <summary>The comment that this one answers; null for one that stands by itself. An answer has no answers.</summary>
    public Guid? ParentId { get; init; }

    public required string Author { get; set; }

    /// <summary>Where to tell the writer of the decision; deleted 30 days after it.</summary>
    public string? Email { get; set; }

    public CommentStatus Status { get; set; } = CommentStatus.Pending;

    /// <summary>Counts the versions of the text from 1; a decision names the one that the moderator saw.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>
    /// The latest version, as the writer typed it (<see cref="CommentTextCleaner.CleanWithinLimit"/>). Readers see it without markup
    /// (<see cref="CommentTextCleaner.Clean"/>).
    /// </summary>
    public required string Text { get; set; }

    /// <summary>What readers see: the version that was approved, with what was taken out of it. Null until then.</summary>
    public string? ShownText { get; set; }

    /// <summary>
    /// Whether readers see it. A text that was approved is kept when the comment leaves the page, so that nothing taken out of it comes
    /// back.
    /// </summary>
    public bool IsShown => IsVisibleInMemory(this);

    /// <summary>What kinds of words were taken out, for the note that readers see; null when nothing was.</summary>
    public string? Removed { get; set; }

    /// <summary>Whether a moderator has to look: at a new comment, a changed text, an appeal or a report.</summary>
    public bool IsWaiting { get; set; } = true;

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When it began to wait for the moderator, which orders the queue.</summary>
    public required DateTimeOffset WaitingSince { get; set; }

    /// <summary>When readers could first see it, which orders the list; null until then.</summary>
    public DateTimeOffset? ShownAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused, as the writer is told.</summary>
    public string? Reason { get; set; }

    /// <summary>What the writer says against a refusal; once.</summary>
    public string? Appeal { get; set; }

    public FlagLevel Level { get; set; } = FlagLevel.Ordinary;

    /// <summary>The most urgent that any version was: who has asked for help once goes on seeing it.</summary>
    public FlagLevel Urgency { get; set; } = FlagLevel.Ordinary;

    /// <summary>How much it looks like advertising, from 0 to 1; for the order of the queue only.</summary>
    public double SpamScore { get; set; }

    /// <summary>The role shown beside an answer from the editors; null for a reader's comment.</summary>
    public string? Badge { get; init; }

    /// <summary>The moderator who has it open, and until when that counts.</summary>
    public Guid? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }
}

/// <summary>Where a comment stands. The words are the contract's.</summary>
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
