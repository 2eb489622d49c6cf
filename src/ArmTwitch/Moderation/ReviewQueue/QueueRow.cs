using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>One comment in the list.</summary>
/// <param name="Excerpt">Its first words.</param>
/// <param name="ClaimedBy">Who has it open now; null when nobody has.</param>
/// <param name="EscalatedTo">The moderator to whom it was passed on; null when it was not.</param>
public sealed record QueueRow(
    Guid Id, int Revision, string Author, string ArticleTitle, string Excerpt, FlagLevel Level, double SpamScore, bool IsWaiting,
    bool IsAppeal, DateTimeOffset WaitingSince, CommentClaim? ClaimedBy, Guid? EscalatedTo = null)
{
    /// <summary>Whether it looks like advertising. Nothing that may be urgent is called so.</summary>
    public bool IsSpamLike => Level is FlagLevel.Ordinary && SpamScore >= Comment.SpamLike;

    /// <summary>Whether readers' reports have taken it off the page.</summary>
    public bool IsReported { get; init; }

    /// <summary>Whether moderators have noted something.</summary>
    public bool HasNotes { get; init; }

    /// <summary>The name of the moderator to whom it was passed on; null when it was not, or they are no moderator any more.</summary>
    public string? EscalatedToName { get; init; }

    public CommentVersion Version => new(Id, Revision);
}

/// <summary>One page of the list.</summary>
/// <param name="Total">The number of comments on all pages, counted up to <see cref="QueueCounts.Most"/>.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record QueueSlice(IReadOnlyList<QueueRow> Rows, int Total, QueueCursor? Next = null);

/// <summary>How many comments wait. Each number is counted up to <see cref="Most"/>, so that a flood does not stop the queue.</summary>
/// <param name="Oldest">When the longest waiting comment began to wait; null when none waits.</param>
public sealed record QueueCounts(
    int Waiting, int Crisis, int RedFlags, DateTimeOffset? Oldest, int Advertising = 0, int Appeals = 0, int Rest = 0,
    int ForMe = 0, int Reported = 0)
{
    public const int Most = 10_000;

    /// <summary>As a moderator reads it: "10,000+" when there may be more.</summary>
    public static string Format(int count) =>
        count > Most ? $"{Plural.Number(Most)}+" : Plural.Number(count);

    public int Of(QueueTab tab) => tab switch
    {
        QueueTab.All => Waiting,
        QueueTab.ForMe => ForMe,
        QueueTab.Crisis => Crisis,
        QueueTab.RedFlags => RedFlags,
        QueueTab.Reported => Reported,
        QueueTab.Advertising => Advertising,
        QueueTab.Appeals => Appeals,
        QueueTab.Rest => Rest,
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, null),
    };
}

/// <summary>A comment that waits and may be a crisis.</summary>
public sealed record WaitingCrisis(Guid Id, string Author);

/// <summary>That a moderator has a comment open.</summary>
public sealed record CommentClaim(Guid ModeratorId, string Name);
