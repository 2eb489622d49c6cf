using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Pages;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Articles;

/// <summary>The links around every page, from the current content.</summary>
internal sealed class SiteNavigation(ArticleLibrary library, IOptions<ContentOptions> options) : ISiteNavigation
{
    private const int MaxSuggestions = 3;

    /// <summary>How many words of an unknown address are compared. No address of the site has more.</summary>
    private const int MaxWords = 8;

    public IReadOnlyList<PageLink> Navigation() =>
    [
        .. HelpLink("Get help"),
        .. CheckLink(),
        new("/topics", "Topics"),
        new("/search", "Search"),
    ];

    public IReadOnlyList<PageLinkGroup> Footer() =>
    [
        new("Get help",
        [
            .. HelpLink("When to get help"),
            .. CheckLink(),
            new("/visit-sheet", "Sheet for the doctor"),
        ]),
        new("Read", [new("/articles", "All articles"), new("/topics", "Topics A to Z"), new("/search", "Search")]),
        new("Stay updated", [new("/newsletter", "Get the newsletter"), new("/feed.xml", "Web feed")]),
        new("The site", [.. library.Current.Pages.Select(page => new PageLink(page.Address, page.Title))]),
    ];

    public IReadOnlyList<PageLink> Topics() => [.. library.Current.Topics.Select(topic => new PageLink(topic.Address, topic.Title))];

    public IReadOnlyList<PageLink> UrgentHelp() =>
    [
        .. HelpLink(),
        .. CheckLink().Select(check => check with { Note = "A few yes-or-no questions that end with whom to contact and when." }),
    ];

    public IReadOnlyList<PageLink> Suggestions(string address)
    {
        var words = Words(address.Split('/')[^1]).Take(MaxWords).ToList();
        return
        [
            .. library.Current.Latest
                .Select(article => (article, common: Words(article.Slug.ToString())
                    .Count(word => words.Any(asked => SpellingSuggestion.Edits(asked, word, 2) <= (word.Length > 4 ? 2 : 0)))))
                .Where(pair => pair.common > 0)
                .OrderByDescending(pair => pair.common).ThenBy(pair => pair.article.Slug.ToString().Length)
                .Take(MaxSuggestions)
                .Select(pair => pair.article.ListLink),
        ];
    }

    /// <summary>The article on when to get help; null when the content has none.</summary>
    public Article? Help(ContentSnapshot content) => content.FindReadable(options.Value.GetHelp);

    /// <summary>Where the emergency numbers of every place stand as a table; null when no page has it.</summary>
    public string? NumbersAddress(ContentSnapshot content) =>
        Help(content) is { } help && help.Blocks.Contains(BlockName.EmergencyNumbers)
            ? $"{help.Address}#{BlockName.EmergencyNumbers.Fragment()}"
            : null;

    /// <summary>The article that most readers come for; null when the content has none.</summary>
    public Article? Start(ContentSnapshot content) => content.FindReadable(options.Value.StartHere);

    /// <param name="title">Null for that of the article.</param>
    private IEnumerable<PageLink> HelpLink(string? title = null) =>
        Help(library.Current) is { } help ? [new(help.Address, title ?? help.Title)] : [];

    private IEnumerable<PageLink> CheckLink() => library.Current.Check is null ? [] : [new("/check", "Check your signs")];

    private static HashSet<string> Words(string slug) =>
        [.. slug.Split(['-', '_', '.', '+', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 2 && word is not ("the" or "and" or "for"))];
}
