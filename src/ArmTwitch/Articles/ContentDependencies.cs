using ArmTwitch.Pages.Store;

namespace ArmTwitch.Articles;

/// <summary>Names of what a page shows of the content, by which <see cref="PageStore.Drop"/> forgets it when that changes.</summary>
public static class ContentDependencies
{
    internal const string Lists = "lists", Tables = "tables", Any = "any article";

    /// <summary>Of a page that shows the full text of many articles, or every address.</summary>
    public static IReadOnlyCollection<string> AnyArticle { get; } = [Lists, Tables, Any];

    /// <summary>Of a page that lists articles by what stands at their head.</summary>
    public static IReadOnlyCollection<string> ArticleList { get; } = [Lists, Tables];

    /// <summary>Of a page that shows no article, but stands in the site's frame.</summary>
    public static IReadOnlyCollection<string> Frame { get; } = [Tables];

    /// <summary>Of a page that names an article and stands in the site's frame.</summary>
    public static IReadOnlyCollection<string> ArticleFrame(Slug article) => [OnArticle(article), Tables];

    /// <summary>Of an information page.</summary>
    public static IReadOnlyCollection<string> PageFrame(Slug page) => [OnPage(page), Tables];

    /// <summary>Of the page of a whole article, with all that other features bring to it.</summary>
    public static IReadOnlyCollection<string> WholeArticle(Article article, IEnumerable<PagePart> parts) =>
        [.. ArticleFrame(article.Slug), .. parts.Select(part => part.DependsOn?.Invoke(article)).OfType<string>()];

    internal static string OnArticle(Slug article) => $"article {article}";

    internal static string OnPage(Slug page) => $"page {page}";
}
