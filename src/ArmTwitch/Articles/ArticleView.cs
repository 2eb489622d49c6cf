namespace ArmTwitch.Articles;

/// <summary>What an article's page shows, beyond the article.</summary>
/// <param name="Newer">The next article towards today; null at the end.</param>
/// <param name="Older">The next article towards the past; null at the end.</param>
/// <param name="AllNumbers">The emergency numbers of every place.</param>
/// <param name="ElsewhereAddress">Where those numbers stand as a table; null when no article has it.</param>
public sealed record ArticleView(
    Article Article, bool IsOverdue, IReadOnlyList<(Article Article, string? Sign)> Related, Article? Newer, Article? Older,
    IReadOnlyList<EmergencyNumbers> AllNumbers, string? ElsewhereAddress);
