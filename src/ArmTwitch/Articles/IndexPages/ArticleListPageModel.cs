using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.IndexPages;

/// <summary>One page of the list of all articles.</summary>
/// <param name="Start">The article that most readers come for; null after the first page, or when it is missing.</param>
/// <param name="Groups">The other articles of this page by topic.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="Total">How many articles there are on all pages.</param>
public sealed record ArticleListPageModel(Article? Start, IReadOnlyList<ArticleGroup> Groups, int Page, int Pages, int Total)
{
    private const int PageSize = 60;

    public string Address => AddressOf(Page);

    public static string AddressOf(int page) => page is 1 ? "/articles" : $"/articles?page={page}";

    /// <returns>Null when there is no such page.</returns>
    public static ArticleListPageModel? Of(ContentSnapshot content, Article? start, int page)
    {
        var count = Math.Max(1, (content.Latest.Count + PageSize - 1) / PageSize);
        if (page < 1 || page > count)
            return null;

        var shown = content.Latest
            .OrderByDescending(article => article.Slug == start?.Slug).ThenBy(article => TopicOf(article) is null)
            .ThenBy(article => TopicOf(article)?.Title, StringComparer.Ordinal)
            .Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var first = shown.FirstOrDefault(article => article.Slug == start?.Slug);
        return new(
            first,
            [.. shown.Where(article => article != first).GroupBy(TopicOf).Select(group => new ArticleGroup(group.Key, [.. group]))],
            page, count, content.Latest.Count);
    }

    /// <summary>An article stands once, under the first topic that it names.</summary>
    private static Topic? TopicOf(Article article) => article.Topics is [var first, ..] ? first : null;
}

/// <param name="Topic">Null for articles without one.</param>
public sealed record ArticleGroup(Topic? Topic, IReadOnlyList<Article> Articles);
