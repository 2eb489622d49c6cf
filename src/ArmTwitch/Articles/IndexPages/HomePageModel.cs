using System.Text.RegularExpressions;
using ArmTwitch.Articles.ArticlePages;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages;

namespace ArmTwitch.Articles.IndexPages;

/// <summary>What the home page shows.</summary>
/// <param name="Start">The article that most readers come for; null when it is missing.</param>
/// <param name="Help">The article on when to get help; null when it is missing.</param>
public sealed partial record HomePageModel(Article? Start, Article? Help)
{
    /// <summary>What the home page answers: its title, and the words of its picture.</summary>
    public const string Question = "Why does my arm keep twitching?";

    private const int MostRelated = 4;
    private const int MostLatest = 3;

    private static readonly IReadOnlyList<PageLink> Parts =
    [
        new(ArmPartAddresses.Shoulder, "Shoulder"),
        new(ArmPartAddresses.Biceps, "Biceps"),
        new(ArmPartAddresses.Triceps, "Triceps"),
        new(ArmPartAddresses.Forearm, "Forearm"),
        new(ArmPartAddresses.HandAndThumb, "Hand and thumb"),
    ];

    /// <summary>The articles that the parts of the arm's picture lead to; none when one of them is missing.</summary>
    public IReadOnlyList<PageLink> ArmParts { get; private init; } = [];

    /// <summary>The places whose emergency numbers stand below the answer.</summary>
    public IReadOnlyList<EmergencyNumbers> Numbers { get; private init; } = [];

    /// <summary>Whether there are red-flag questions to answer.</summary>
    public bool HasCheck { get; private init; }

    /// <summary>The causes that the start article numbers, each with the address of its section.</summary>
    public IReadOnlyList<PageLink> Causes { get; private init; } = [];

    /// <summary>Articles for a reader whose case is another, each with the sign that points to it.</summary>
    public IReadOnlyList<PageLink> Related { get; private init; } = [];

    /// <summary>The newest articles, each with its day.</summary>
    public IReadOnlyList<PageLink> Latest { get; private init; } = [];

    /// <param name="country">The code of the country whose numbers to show; null for the default ones.</param>
    public static HomePageModel Of(ContentSnapshot content, Article? start, Article? help, string? country) => new(start, help)
    {
        Numbers = EmergencyNumbersChoice.Of(content, country).Shown,
        ArmParts = Parts.All(part => content.Latest.Any(article => article.Address == part.Address)) ? Parts : [],
        HasCheck = content.Check is not null,
        Causes = [.. (start?.Headings ?? []).Where(heading => Numbered().IsMatch(heading.Text))
            .Select(heading => new PageLink($"{start!.Address}#{heading.Id}", heading.Text))],
        Related = [.. (start is null ? [] : ArticlePageModelFactory.Related(content, start))
            .Where(other => other.Article.Slug != help?.Slug).Take(MostRelated)
            .Select(other => new PageLink(other.Article.Address, other.Article.Title, other.Sign ?? other.Article.ListLine))],
        Latest = [.. content.Latest.Take(MostLatest)
            .Select(article => new PageLink(article.Address, article.Title, article.PublishedOn.ToString("d MMMM yyyy")))],
    };

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Numbered();
}

public sealed record TopicPageModel(Topic Topic, IReadOnlyList<Article> Articles);

public sealed record ArticleAuthorPageModel(ArticleAuthor Author, IReadOnlyList<Article> Articles);
