namespace ArmTwitch.Articles.ArticlePages;

/// <summary>What the home page shows.</summary>
/// <param name="Start">The article that most readers come for; null when it is missing.</param>
/// <param name="Help">The article on when to get help; null when it is missing.</param>
/// <param name="HasArmParts">Whether there is an article for every part of the arm's picture.</param>
/// <param name="Causes">Articles on single causes, each with the sign that points to it.</param>
public sealed record HomePageModel(
    Article? Start, Article? Help, bool HasArmParts, IReadOnlyList<(Article Article, string? Sign)> Causes, IReadOnlyList<Article> Latest)
{
    /// <summary>Whether there are red-flag questions to answer.</summary>
    public bool HasCheck { get; init; }
}

/// <summary>One page of the list of all articles.</summary>
/// <param name="Page">Counted from 1.</param>
public sealed record ArticleListPageModel(IReadOnlyList<Article> Articles, int Page, int Pages, int Total)
{
    public string Address => AddressOf(Page);

    public static string AddressOf(int page) => page is 1 ? "/articles" : $"/articles?page={page}";
}

public sealed record TopicPageModel(Topic Topic, IReadOnlyList<Article> Articles);

public sealed record ArticleAuthorPageModel(ArticleAuthor Author, IReadOnlyList<Article> Articles);
