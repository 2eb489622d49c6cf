namespace ArmTwitch.Articles.Publishing;

/// <summary>Finds where an article stands beside its own page, such as in issues of the newsletter. Each feature registers its own.</summary>
public interface IArticleUseFinder
{
    /// <returns>What needs somebody's eye first, then the newest first.</returns>
    Task<IReadOnlyList<ArticleUse>> FindAsync(Slug article, CancellationToken cancellationToken = default);
}

/// <summary>One place where an article stands.</summary>
/// <param name="Address">Where editors see it.</param>
/// <param name="State">Its state in a word or two.</param>
/// <param name="At">When it goes out or went out; null when that is not known.</param>
public sealed record ArticleUse(string Title, string Address, string State, DateTimeOffset? At);
