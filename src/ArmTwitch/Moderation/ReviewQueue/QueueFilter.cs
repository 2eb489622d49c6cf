using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueQueries;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Which comments to list. Without a status: those that wait.</summary>
/// <param name="Tab">The part of what waits; of no effect with a status.</param>
/// <param name="Rule">Those in which this rule found something.</param>
/// <param name="RelatedTo">Those that may be by the author of this comment (<see cref="RelatedComments"/>), whatever their state.</param>
/// <param name="Words">Those whose author or text, as a moderator sees it, contains this. Hidden originals are not searched.</param>
public sealed record QueueFilter(
    QueueTab Tab = QueueTab.All, Slug? Article = null, string? Rule = null, CommentStatus? Status = null, string? Words = null,
    Guid? RelatedTo = null)
{
    /// <summary>Everything that waits.</summary>
    public static readonly QueueFilter Everything = new();

    /// <summary>Whether something narrows the list beside the tab.</summary>
    public bool IsNarrowed => this with { Tab = QueueTab.All } != Everything;
}

/// <summary>What the list can be narrowed to.</summary>
public sealed record QueueFilterChoices(IReadOnlyList<(Slug Slug, string Title)> Articles, IReadOnlyList<string> Rules);
