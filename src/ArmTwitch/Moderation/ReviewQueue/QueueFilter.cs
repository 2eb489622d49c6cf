using ArmTwitch.Articles;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Which comments to list. Without a status: those that wait.</summary>
/// <param name="Rule">Those in which this rule found something.</param>
/// <param name="Words">Those whose author or text, as a moderator sees it, contains this. Hidden originals are not searched.</param>
/// <param name="IsSpamLike">Only those that look like advertising.</param>
public sealed record QueueFilter(
    FlagLevel? Level = null, Slug? Article = null, string? Rule = null, CommentStatus? Status = null, string? Words = null,
    bool IsSpamLike = false)
{
    /// <summary>Everything that waits.</summary>
    public static readonly QueueFilter Everything = new();
}

/// <summary>The articles and rules of the comments that wait.</summary>
public sealed record QueueFilterChoices(IReadOnlyList<(Slug Slug, string Title)> Articles, IReadOnlyList<string> Rules)
{
    public static readonly QueueFilterChoices None = new([], []);
}
