using ArmTwitch.Pages.Store;

namespace ArmTwitch.Articles;

/// <summary>Names for the parts of the content that a page depends on, as given to <see cref="PageStore.Drop"/>.</summary>
public static class ContentDependencies
{
    internal const string Lists = "lists", Tables = "tables", Any = "any article";

    /// <summary>For a page that shows the full text of many articles, or every address.</summary>
    public static IReadOnlyCollection<string> AnyArticle { get; } = [Lists, Tables, Any];

    /// <summary>For a page that lists articles by title and summary.</summary>
    public static IReadOnlyCollection<string> ArticleList { get; } = [Lists, Tables];

    /// <summary>For a page that shows no article, only the header and footer of the site.</summary>
    public static IReadOnlyCollection<string> Frame { get; } = [Tables];

    /// <summary>For a page that shows one article.</summary>
    public static IReadOnlyCollection<string> ArticleFrame(Slug article) => [OnArticle(article), Tables];

    /// <summary>For an information page.</summary>
    public static IReadOnlyCollection<string> PageFrame(Slug page) => [OnPage(page), Tables];

    /// <summary>For the page of a whole article, with the parts that other features put on it.</summary>
    public static IReadOnlyCollection<string> WholeArticle(Article article, IEnumerable<PagePart> parts) =>
        [.. ArticleFrame(article.Slug), .. parts.Select(part => part.DependsOn?.Invoke(article)).OfType<string>()];

    internal static string OnArticle(Slug article) => $"article {article}";

    internal static string OnPage(Slug page) => $"page {page}";
}
