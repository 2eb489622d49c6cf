using ArmTwitch.Articles.Emergency;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Articles.ArticlePages;

/// <summary>What an article's page shows.</summary>
/// <param name="Newer">The next newer article; null when there is none.</param>
/// <param name="Older">The next older article; null when there is none.</param>
/// <param name="Numbers">The emergency numbers on the cards, and those of every place.</param>
/// <param name="ElsewhereAddress">The address of the table of all numbers; null when no article has it.</param>
public sealed record ArticlePageModel(
    Article Article, bool IsOverdue, IReadOnlyList<(Article Article, string? Sign)> Related, Article? Newer, Article? Older,
    EmergencyNumbersChoice Numbers, string? ElsewhereAddress)
{
    /// <summary>What is shown in a slot in place of the parts of other features; null for all parts.</summary>
    public (PageSlot Place, RenderFragment Fragment)? SlotReplacement { get; init; }

    /// <summary>An urgent notice at the top of the page, such as where to get help; null for none.</summary>
    public RenderFragment? Notice { get; init; }
}
