using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.ArticlePages;

/// <summary>Puts together what an article's page shows.</summary>
internal sealed class ArticlePageModelFactory(ArticleLibrary library, SiteNavigation navigation, TimeProvider clock)
{
    public ArticlePageModel Create(Article article)
    {
        var content = library.Current;
        var (newer, older) = content.Neighbours(article);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new ArticlePageModel(
            article, article.IsOverdue(today), [.. Related(content, article)], newer, older, content.Numbers,
            navigation.NumbersAddress(content));
    }

    /// <summary>Articles that the article points to and that can be read, each with the sign that tells it apart.</summary>
    public static IEnumerable<(Article Article, string? Sign)> Related(ContentSnapshot content, Article article) =>
        from related in article.Related
        let other = content.Find(related.Article)
        where other is { WithdrawnOn: null }
        select (other, related.Sign);
}
