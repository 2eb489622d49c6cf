using ArmTwitch.Articles.Emergency;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Articles.ArticlePages;

/// <summary>What an article's page shows, beyond the article.</summary>
/// <param name="Newer">The next article towards today; null at the end.</param>
/// <param name="Older">The next article towards the past; null at the end.</param>
/// <param name="AllNumbers">The emergency numbers of every place.</param>
/// <param name="ElsewhereAddress">Where those numbers stand as a table; null when no article has it.</param>
public sealed record ArticlePageModel(
    Article Article, bool IsOverdue, IReadOnlyList<(Article Article, string? Sign)> Related, Article? Newer, Article? Older,
    IReadOnlyList<EmergencyNumbers> AllNumbers, string? ElsewhereAddress)
{
    /// <summary>The numbers on the cards; null for those of the article.</summary>
    public EmergencyNumbersChoice? Numbers { get; init; }

    /// <summary>What stands in place of a part that another feature brings; null when every part is there.</summary>
    public (PageSlot Place, RenderFragment Fragment)? SlotReplacement { get; init; }

    /// <summary>What comes before everything else in main, be the form refused or taken; null when nothing is that urgent.</summary>
    public RenderFragment? Notice { get; init; }

    /// <summary>What a reader has to mend, when the page is shown because a form on it was refused.</summary>
    public RejectedFormParts? RejectedForm { get; init; }
}

/// <summary>What the page of a refused form shows beside the article.</summary>
/// <param name="Summary">Stands at the start of main and tells what is wrong.</param>
/// <param name="Form">Stands in place of the form, with the typed text in it.</param>
/// <param name="Place">Where the form stands.</param>
public sealed record RejectedFormParts(RenderFragment Summary, RenderFragment Form, PageSlot Place = PageSlot.Discussion);
