using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Articles.ArticlePages;

internal sealed class ArticlePageModelFactory(ArticleLibrary library, SiteNavigation navigation, TimeProvider clock)
{
    /// <param name="country">The code of the country whose numbers to show; null for the default ones.</param>
    public ArticlePageModel Create(Article article, string? country = null)
    {
        var content = library.Current;
        var (newer, older) = content.Neighbours(article);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new ArticlePageModel(
            article, article.IsOverdue(today), [.. Related(content, article)], newer, older,
            EmergencyNumbersChoice.Of(content, country), navigation.NumbersAddress(content));
    }

    /// <summary>The related articles that can be read, each with the sign that tells it apart.</summary>
    public static IEnumerable<(Article Article, string? Sign)> Related(ContentSnapshot content, Article article) =>
        from related in article.Related
        let other = content.Find(related.Article)
        where other is { WithdrawnOn: null }
        select (other, related.Sign);
}
