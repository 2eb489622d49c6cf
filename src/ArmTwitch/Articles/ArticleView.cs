using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Articles;

/// <summary>What an article's page shows, beyond the article.</summary>
/// <param name="Newer">The next article towards today; null at the end.</param>
/// <param name="Older">The next article towards the past; null at the end.</param>
/// <param name="AllNumbers">The emergency numbers of every place.</param>
/// <param name="ElsewhereAddress">Where those numbers stand as a table; null when no article has it.</param>
public sealed record ArticleView(
    Article Article, bool IsOverdue, IReadOnlyList<(Article Article, string? Sign)> Related, Article? Newer, Article? Older,
    IReadOnlyList<EmergencyNumbers> AllNumbers, string? ElsewhereAddress)
{
    /// <summary>The numbers on the cards; null for those of the article.</summary>
    public NumbersChoice? Numbers { get; init; }

    /// <summary>What stands in place of a part that another feature brings; null when every part is there.</summary>
    public (PagePlace Place, RenderFragment Fragment)? Instead { get; init; }

    /// <summary>What comes before everything else in main, be the form refused or taken; null when nothing is that urgent.</summary>
    public RenderFragment? First { get; init; }

    /// <summary>What a reader has to mend, when the page is shown because a form on it was refused.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>What the page of a refused form shows beside the article.</summary>
/// <param name="Summary">Stands at the start of main and tells what is wrong.</param>
/// <param name="Form">Stands in place of the form, with the typed text in it.</param>
/// <param name="Place">Where the form stands.</param>
public sealed record Refusal(RenderFragment Summary, RenderFragment Form, PagePlace Place = PagePlace.Discussion);

/// <summary>Puts together what an article's page shows.</summary>
internal sealed class ArticleViews(ArticleLibrary library, SiteGuide guide, TimeProvider clock)
{
    public ArticleView Of(Article article)
    {
        var content = library.Now;
        var (newer, older) = content.Neighbours(article);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new ArticleView(article, article.IsOverdue(today), [.. Related(content, article)], newer, older, content.Numbers, guide.NumbersAddress(content));
    }

    /// <summary>Articles that the article points to and that can be read, each with the sign that tells it apart.</summary>
    public static IEnumerable<(Article Article, string? Sign)> Related(ContentSnapshot content, Article article) =>
        from related in article.Related
        let other = content.Find(related.Article)
        where other is { WithdrawnOn: null }
        select (other, related.Sign);
}
