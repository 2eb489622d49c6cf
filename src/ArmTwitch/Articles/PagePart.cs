using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Articles;

/// <summary>Where other features may put something on the pages of this one.</summary>
public enum PageSlot
{
    /// <summary>The head of an article's page, for machines.</summary>
    ArticleHead,

    /// <summary>The head of the page on corrections, for machines.</summary>
    CorrectionsHead,

    /// <summary>At the end of an article: whether it helped.</summary>
    Usefulness,

    /// <summary>Below an article, fenced off from it: what readers say.</summary>
    Discussion,

    /// <summary>At the foot of the home page and of every article: how to hear of new ones.</summary>
    StayUpdated,
}

/// <summary>Something that another feature brings to a page of this one, which need not know the feature.</summary>
/// <param name="Render">Gets the article, or null on a page of no article.</param>
/// <param name="DependsOn">
/// What the part of an article's page depends on, as given to <see cref="Pages.Store.PageStore.Drop"/>; null when on nothing else than the
/// article.
/// </param>
public sealed record PagePart(PageSlot Place, Func<Article?, RenderFragment> Render, Func<Article, string>? DependsOn = null);
