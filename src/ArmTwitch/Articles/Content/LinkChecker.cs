using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Articles.Content;

/// <summary>Checks links within the site: whether they lead to a page, and to a place on it.</summary>
internal sealed class LinkChecker(IEnumerable<ArticleFile> articles, ContentTables tables, IEnumerable<Slug> pages)
{
    private const string Articles = "/articles/";
    private const string NoSuchPage = "No page is called anything like it: correct the address, or take the link out.";

    /// <summary>Pages that are always there, whatever the content.</summary>
    private static readonly string[] FixedAddresses =
    [
        "/", "/articles", "/topics", "/search", "/check", "/visit-sheet", "/newsletter", "/newsletter/manage", "/feed.xml",
        "/feed.json", "/editorial-policy/scorecard",
    ];

    /// <summary>The article at each address: the one of that name, else the first that used to have it.</summary>
    private readonly Dictionary<string, ArticleFile> bySlug = articles
        .SelectMany(
            article => article.Aliases.Prepend(article.Slug).Select((slug, index) => (slug: slug.ToString(), article, isAlias: index > 0)))
        .Where(pair => pair.slug.Length > 0)
        .OrderBy(pair => pair.isAlias).ThenBy(pair => pair.article.Slug.ToString(), StringComparer.Ordinal)
        .DistinctBy(pair => pair.slug)
        .ToDictionary(pair => pair.slug, pair => pair.article, StringComparer.Ordinal);

    private readonly HashSet<string> addresses =
    [
        .. FixedAddresses,
        .. tables.Topics.Values.Select(topic => topic.Address),
        .. tables.Authors.Values.Select(author => author.Address),
        .. pages.Select(page => $"/{page}"),
    ];

    /// <summary>The name of the article that a link leads to; null when it leads elsewhere.</summary>
    public static string? SlugIn(string address) =>
        address.StartsWith(Articles, StringComparison.Ordinal) ? address[Articles.Length..].Split('#')[0] : null;

    /// <summary>Whether the program has a page of its own there.</summary>
    public static bool IsFixed(string address) => FixedAddresses.Contains(address);

    /// <summary>The names that articles have now. An old one still leads there, but nobody should be told to write it.</summary>
    private IEnumerable<string> Slugs => bySlug.Where(pair => pair.Value.Slug.ToString() == pair.Key).Select(pair => pair.Key);

    /// <summary>The article of that name, or which used to have it; null when there is none.</summary>
    public ArticleFile? Find(string slug) => bySlug.GetValueOrDefault(slug);

    /// <summary>Reports links that lead nowhere. They do not keep the page back: a dead link does less harm than a missing page.</summary>
    public void CheckLinks(ArticleFile article, DiagnosticCollector diagnostics)
    {
        CheckLinks(article.Outline, diagnostics);
        foreach (var alias in article.Aliases.Where(alias => bySlug[alias.ToString()] != article))
            diagnostics.Add(
                article.AliasesAt, "taken-alias", $"The old address \"{alias}\" belongs to \"{bySlug[alias.ToString()].Name}\".",
                "Leave it to one of the two.", blocks: false);
        if (article.Aliases.Contains(article.Slug))
            diagnostics.Add(
                article.AliasesAt, "taken-alias", $"\"{article.Slug}\" is the article's address now.", "Leave it out of the old ones.",
                blocks: false);
        foreach (var (other, at) in article.Related)
        {
            if (!bySlug.ContainsKey(other.Article.ToString()))
                diagnostics.AddUnknown(
                    at, "unknown-article", $"There is no article \"{other.Article}\".", other.Article.ToString(), Slugs,
                    blocks: false);
        }
    }

    public void CheckLinks(MarkdownOutline outline, DiagnosticCollector diagnostics)
    {
        foreach (var (address, at) in outline.Links)
        {
            var (path, fragment) = address.Split('#', 2) is [var before, var after] ? (before, after) : (address, null);
            if (path.Length is 0)
            {
                if (!outline.HasFragment(fragment!))
                    diagnostics.AddUnknown(
                        at, "dead-link", $"This page has no heading \"#{fragment}\".", "#" + fragment,
                        outline.Fragments.Select(one => "#" + one), blocks: false);
            }
            else if (path.StartsWith(Articles, StringComparison.Ordinal))
            {
                CheckArticle(path[Articles.Length..], fragment, at, diagnostics);
            }
            else if (!addresses.Contains(path))
            {
                diagnostics.AddUnknown(
                    at, "dead-link", $"There is no page \"{path}\".", path, addresses.Concat(Slugs.Select(slug => Articles + slug)),
                    blocks: false, NoSuchPage);
            }
        }
    }

    /// <summary>Reports names of articles that are not there; an old address is no name.</summary>
    public void CheckArticles(IEnumerable<(string Slug, TextPosition At)> named, DiagnosticCollector diagnostics)
    {
        foreach (var (slug, at) in named.Where(
            one => !bySlug.TryGetValue(one.Slug, out var article) || article.Slug.ToString() != one.Slug))
            diagnostics.AddUnknown(
                at, "unknown-article", $"There is no article \"{slug}\".", slug, Slugs);
    }

    public void CheckArticle(string slug, string? fragment, TextPosition at, DiagnosticCollector diagnostics)
    {
        if (!bySlug.TryGetValue(slug, out var article))
            diagnostics.AddUnknown(
                at, "dead-link", $"There is no article \"{slug}\".", slug, Slugs, blocks: false, NoSuchPage);
        else if (fragment is not null && !article.Outline.HasFragment(fragment))
            CheckHeading(article, fragment, at, diagnostics);
    }

    private static void CheckHeading(ArticleFile article, string fragment, TextPosition at, DiagnosticCollector diagnostics)
    {
        var (what, right) =
            ($"\"{article.Name}\" has no heading \"#{fragment}\".", "Link to one of its headings, or to the article alone.");
        if (!article.Outline.Fragments.Any())
            diagnostics.Add(at, "dead-link", what, right, blocks: false);
        else
            diagnostics.AddUnknown(
                at, "dead-link", what, "#" + fragment, article.Outline.Fragments.Select(one => "#" + one), blocks: false, right);
    }
}
