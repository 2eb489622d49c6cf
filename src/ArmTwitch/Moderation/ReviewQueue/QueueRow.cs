using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueState;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>One comment in the list.</summary>
/// <param name="Excerpt">Its first words.</param>
/// <param name="ClaimedBy">Who has it open now; null when nobody has.</param>
public sealed record QueueRow(
    Guid Id, int Revision, string Author, string Excerpt, FlagLevel Level, double SpamScore, bool IsWaiting, bool IsAppeal,
    DateTimeOffset WaitingSince, CommentClaim? ClaimedBy)
{
    public bool IsSpamLike => SpamScore >= ModerationQueueService.SpamLike;

    public CommentVersion Version => new(Id, Revision);
}

/// <param name="Total">The number of comments on all pages.</param>
public sealed record QueueSlice(IReadOnlyList<QueueRow> Rows, int Total);

/// <param name="Oldest">When the longest waiting comment began to wait; null when none waits.</param>
public sealed record QueueCounts(int Waiting, int Crisis, int RedFlags, DateTimeOffset? Oldest);

/// <summary>That a moderator has a comment open.</summary>
public sealed record CommentClaim(Guid ModeratorId, string Name);
