using ArmTwitch.Articles;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Which comments to list. Without a status: those that wait.</summary>
/// <param name="Rule">Those on which this rule spoke.</param>
/// <param name="Words">Those whose text or writer's name holds this, as a moderator sees them: sealed words find nothing.</param>
/// <param name="IsSpamLike">Only those that look like advertising.</param>
public sealed record QueueFilter(
    FlagLevel? Level = null, Slug? Article = null, string? Rule = null, CommentStatus? Status = null, string? Words = null,
    bool IsSpamLike = false)
{
    /// <summary>The list as it is when nobody has chosen anything: all that waits.</summary>
    public static readonly QueueFilter Everything = new();
}

/// <summary>What can be chosen from, as far as comments that wait have it.</summary>
public sealed record QueueFilterChoices(IReadOnlyList<(Slug Slug, string Title)> Articles, IReadOnlyList<string> Rules)
{
    public static readonly QueueFilterChoices None = new([], []);
}
