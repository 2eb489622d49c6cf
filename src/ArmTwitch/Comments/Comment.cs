using System.Linq.Expressions;
using ArmTwitch.Articles;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    /// <summary>The latest version, as the writer typed it (<see cref="CommentText.Keep"/>). Readers see it without markup (<see cref="CommentText.Clean"/>).</summary>
    public required string Text { get; set; }

    /// <summary>What readers see: the version that was approved, with what was taken out of it. Null until then.</summary>
    public string? ShownText { get; set; }

    /// <summary>Whether readers see it. A text that was approved is kept when the comment leaves the page, so that nothing taken out of it comes back.</summary>
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

/// <summary>A link to the writer's own page. A comment that its writer sent twice has two of them.</summary>
public sealed class CommentToken
{
    public const string Purpose = "comment";

    /// <summary>SHA-256 of the secret in the link; the secret itself is kept nowhere.</summary>
    public required byte[] Hash { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
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

/// <summary>How soon a person has to look.</summary>
public enum FlagLevel
{
    /// <summary>Somebody may be about to harm themselves.</summary>
    Crisis,

    /// <summary>Somebody may need a doctor now.</summary>
    RedFlag,

    Ordinary,
}

/// <summary>What a rule saw in one version of a comment. Flags hold and order; they decide nothing.</summary>
public sealed class CommentFlag
{
    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required string Rule { get; init; }

    public required int Version { get; init; }

    public required FlagLevel Level { get; init; }

    /// <summary>The words it saw; empty for those who may not read them, and once they are deleted.</summary>
    public required string Words { get; set; }

    /// <summary>Why that matters, in plain words.</summary>
    public required string Why { get; init; }
}

/// <summary>A reader's wish that a moderator look at a comment again.</summary>
public sealed class CommentReport
{
    public const int MaxReasonLength = 500;

    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    /// <summary>Daily keyed hash of the widest network it came from, of this comment and of the decision before it; null in old reports.</summary>
    public byte[]? Reporter { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>That a network wrote; kept for a day, for the limits and to know the same comment sent twice.</summary>
public sealed class CommentArrival
{
    public long Id { get; init; }

    /// <summary>Daily keyed hash of the network, article, parent, name, e-mail address and text; empty once the comment was taken back.</summary>
    public required byte[] Content { get; init; }

    public required Guid CommentId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What was decided on a comment, by whom, when and on which version. Never the text.</summary>
public sealed class CommentDecision
{
    /// <summary>What moderators decide; the other kinds tell what else was done.</summary>
    public static readonly IReadOnlyList<DecisionKind> KindsByModerators =
        [DecisionKind.Approve, DecisionKind.ApproveRedacted, DecisionKind.Reject, DecisionKind.Spam, DecisionKind.Remove];

    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required DecisionKind Kind { get; init; }

    /// <summary>Null for what the writer did, and for the command line.</summary>
    public Guid? ModeratorId { get; init; }

    /// <summary>The name at that time; the account may be gone.</summary>
    public required string By { get; init; }

    /// <summary>A <see cref="RefusalReason"/> as its word, or the kinds that were taken out.</summary>
    public string? Code { get; init; }

    public required CommentStatus Before { get; init; }

    public required CommentStatus After { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How long the comment had waited; null when it did not.</summary>
    public double? WaitedSeconds { get; init; }

    /// <summary>The rules that had spoken, each as <c>id@version</c>.</summary>
    public required string Flags { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

public enum DecisionKind
{
    Approve,
    ApproveRedacted,
    Reject,
    Spam,
    Remove,
    Undo,
    OriginalRead,
    OriginalPurged,
    Withdraw,
    Erase,
    Appeal,
    Edit,
    Reported,
}

/// <summary>Why a comment is refused; the writer is told in words.</summary>
public enum RefusalReason
{
    OffTopic,
    Advertising,
    Abuse,
    MedicalAdvice,
    PersonalData,
    NamesClinician,
    Misinformation,
    Safeguarding,
    Other,
}

internal sealed class CommentTables :
    IEntityTypeConfiguration<Comment>, IEntityTypeConfiguration<CommentFlag>, IEntityTypeConfiguration<CommentReport>,
    IEntityTypeConfiguration<CommentArrival>, IEntityTypeConfiguration<CommentDecision>, IEntityTypeConfiguration<CommentToken>
{
    private const int LongTail = 2000;

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("Comments");
        builder.Ignore(comment => comment.IsShown);
        builder.Property(comment => comment.Article).HasConversion(slug => slug.ToString(), text => Slug.Parse(text, null)).HasMaxLength(Slug.MaxLength);
        builder.Property(comment => comment.Author).HasMaxLength(Comment.MaxNameLength);
        builder.Property(comment => comment.Email).HasMaxLength(Comment.MaxEmailLength);
        builder.Property(comment => comment.Text).HasMaxLength(Comment.MaxTextLength);
        builder.Property(comment => comment.ShownText).HasMaxLength(Comment.MaxTextLength + LongTail);
        builder.Property(comment => comment.Level).HasConversion<int>();
        builder.Property(comment => comment.Urgency).HasConversion<int>();
        builder.HasOne<Comment>().WithMany().HasForeignKey(comment => comment.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(comment => new { comment.Article, comment.ParentId, comment.ShownAt });
        builder.HasIndex(comment => new { comment.IsWaiting, comment.Level, comment.WaitingSince });
    }

    public void Configure(EntityTypeBuilder<CommentToken> builder)
    {
        builder.ToTable("CommentTokens");
        builder.HasKey(token => token.Hash);
        builder.HasOne<Comment>().WithMany().HasForeignKey(token => token.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentFlag> builder)
    {
        builder.ToTable("CommentFlags");
        builder.HasOne<Comment>().WithMany().HasForeignKey(flag => flag.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentReport> builder)
    {
        builder.ToTable("CommentReports");
        builder.Property(report => report.Reason).HasMaxLength(CommentReport.MaxReasonLength);
        builder.Property(report => report.Reporter).HasMaxLength(RateLimitEvent.KeyLength);
        builder.HasIndex(report => new { report.CommentId, report.Reporter }).IsUnique();
        builder.HasOne<Comment>().WithMany().HasForeignKey(report => report.CommentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CommentArrival> builder)
    {
        builder.ToTable("CommentArrivals");
        builder.HasIndex(arrival => arrival.Content);
    }

    public void Configure(EntityTypeBuilder<CommentDecision> builder)
    {
        builder.ToTable("CommentDecisions");
        builder.HasIndex(decision => decision.CommentId);
        builder.HasIndex(decision => decision.At);
    }
}

internal static class CommentQueries
{
    /// <summary>Those that a moderator has to look at.</summary>
    public static IQueryable<Comment> Waiting(this IQueryable<Comment> comments)
    {
        // Compared with a parameter: for the bare column SQLite goes through all comments there are, and takes no index.
        var yes = true;
        return comments.Where(comment => comment.IsWaiting == yes);
    }

    /// <summary>Those that readers see.</summary>
    public static IQueryable<Comment> Shown(this IQueryable<Comment> comments) => comments.Where(Comment.IsVisible);

    /// <summary>Whether a comment of this status is on its page, provided that a version of it was approved.</summary>
    public static bool IsPublished(this CommentStatus status) => status is CommentStatus.Approved or CommentStatus.ApprovedRedacted;
}
