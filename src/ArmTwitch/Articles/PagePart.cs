using ArmTwitch.Pages;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Articles;

/// <summary>Where other features may put something on the pages of articles.</summary>
public enum PageSlot
{
    /// <summary>The HTML head of an article's page.</summary>
    ArticleHead,

    /// <summary>The HTML head of the page on corrections.</summary>
    CorrectionsHead,

    /// <summary>At the end of an article: the form that asks whether it helped.</summary>
    Usefulness,

    /// <summary>Below an article: the comments.</summary>
    Discussion,

    /// <summary>At the end of the home page and of every article: the newsletter.</summary>
    StayUpdated,
}

/// <summary>Something that another feature puts on a page of this one, so that this one need not know that feature.</summary>
/// <param name="Render">Gets the article, or null on a page of no article.</param>
/// <param name="DependsOn">
/// What the part depends on beside the article, as given to <see cref="Pages.Store.PageStore.Drop"/>; null when on nothing.
/// </param>
public sealed record PagePart(PageSlot Place, Func<Article?, RenderFragment> Render, Func<Article, string>? DependsOn = null)
{
    /// <summary>The link by which the list of contents and a skip link lead to it; null when they do not.</summary>
    public PageLink? Link { get; init; }

    /// <summary>The links to the parts in these slots, in the order of the slots.</summary>
    public static IReadOnlyList<PageLink> LinksOf(IEnumerable<PagePart> parts, params PageSlot[] places) =>
        [.. places.SelectMany(place => parts.Where(part => part.Place == place)).Select(part => part.Link).OfType<PageLink>()];
}
