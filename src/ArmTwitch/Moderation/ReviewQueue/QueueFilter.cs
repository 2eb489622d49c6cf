using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.QueueQueries;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Which comments to list. Without a status: those that wait.</summary>
/// <param name="Tab">The part of what waits; of no effect with a status.</param>
/// <param name="Rule">Those in which this rule found something.</param>
/// <param name="RelatedTo">This comment and those that may be by its author (<see cref="RelatedComments"/>), whatever their state.</param>
/// <param name="Words">Those whose author or text, as a moderator sees it, contains this. Hidden originals are not searched.</param>
public sealed record QueueFilter(
    QueueTab Tab = QueueTab.All, Slug? Article = null, string? Rule = null, CommentStatus? Status = null, string? Words = null,
    Guid? RelatedTo = null)
{
    /// <summary>Everything that waits.</summary>
    public static readonly QueueFilter Everything = new();

    /// <inheritdoc cref="QueueFilter"/>
    public string? Rule { get; init => field = Filled(value); } = Filled(Rule);

    /// <inheritdoc cref="QueueFilter"/>
    public string? Words { get; init => field = Filled(value); } = Filled(Words);

    /// <summary>Whether something narrows the list beside the tab.</summary>
    public bool IsNarrowed => this with { Tab = QueueTab.All } != Everything;

    /// <summary>Whether all of the list can be chosen at once.</summary>
    public bool CanChooseAll => Tab is QueueTab.Advertising && !IsNarrowed;

    /// <summary>The same search in everything that waits; null when it is that, or no search.</summary>
    public QueueFilter? InAllTabs => this is { Words: not null, Status: null, RelatedTo: null, Tab: not QueueTab.All }
        ? this with { Tab = QueueTab.All } : null;

    /// <summary>A field that was emptied narrows nothing.</summary>
    private static string? Filled(string? typed) => typed?.Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>What the list can be narrowed to.</summary>
public sealed record QueueFilterChoices(IReadOnlyList<(Slug Slug, string Title)> Articles, IReadOnlyList<(string Id, string Title)> Rules);
