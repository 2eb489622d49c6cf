using System.Globalization;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Articles.Publishing;

/// <summary>Finds links that lead readers to an article that they do not see.</summary>
/// <param name="articles">All articles; which of them are shown must be settled.</param>
internal sealed class HiddenLinks(IReadOnlyCollection<LoadedArticle> articles, LinkChecker links, DateOnly today)
{
    /// <summary>The articles that readers do not see. A file that cannot be read has a fault of its own.</summary>
    private readonly Dictionary<ArticleFile, LoadedArticle> hidden =
        articles.Where(article => article is { LastGood: null, Newest: not null }).ToDictionary(article => article.File);

    /// <summary>
    /// Errors where what readers see leads to a hidden article, and warnings where an article that appears later will lead to one that
    /// is hidden on that day too.
    /// </summary>
    public IEnumerable<ContentDiagnostic> FindInArticles() =>
        hidden.Count is 0 ? [] :
        [
            .. articles.Where(article => article.LastGood is not null && article.Unpublished is null)
                .SelectMany(article => FindIn(article, today)),
            .. hidden.Values.Where(article => article.StateOn(today) is PublicationState.Scheduled)
                .SelectMany(article => FindIn(article, article.File.PublishedOn))
                .Select(diagnostic => diagnostic with { Level = DiagnosticSeverity.Warning }),
        ];

    /// <summary>Errors where another file that readers see leads to a hidden article.</summary>
    public IEnumerable<ContentDiagnostic> FindIn(string file, MarkdownOutline outline) => Find(file, TargetsOf(outline), today);

    /// <inheritdoc cref="FindIn(string, MarkdownOutline)"/>
    public IEnumerable<ContentDiagnostic> FindIn(string file, IEnumerable<(Slug Article, TextPosition At)> named) =>
        Find(file, named.Select(one => (one.Article.ToString(), one.At)), today);

    private IEnumerable<ContentDiagnostic> FindIn(LoadedArticle article, DateOnly day) =>
        Find(
            article.File.Name,
            TargetsOf(article.File.Outline).Concat(article.File.Related.Select(other => (other.Other.Article.ToString(), other.At))), day);

    private IReadOnlyList<ContentDiagnostic> Find(string file, IEnumerable<(string Slug, TextPosition At)> targets, DateOnly day)
    {
        var diagnostics = new DiagnosticCollector(file);
        foreach (var (slug, at) in targets)
        {
            if (links.Find(slug) is { } target && hidden.TryGetValue(target, out var article) && !IsShownOn(article, day))
                Report(article, at, diagnostics);
        }

        return diagnostics.Diagnostics;
    }

    private bool IsShownOn(LoadedArticle article, DateOnly day) =>
        article.StateOn(today) is PublicationState.Scheduled && article.File.PublishedOn <= day;

    private void Report(LoadedArticle article, TextPosition at, DiagnosticCollector diagnostics)
    {
        var (why, right) = article.StateOn(today) switch
        {
            PublicationState.Draft => ("is a draft, so readers do not see it.", "Take the link out until it is finished."),
            PublicationState.Scheduled => (
                $"is not shown before {article.File.PublishedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.",
                "Take the link out until then, or give that article an earlier day."),
            _ => ("is held back for its faults, so readers do not see it.", "Mend that file, or take the link out."),
        };
        diagnostics.Add(at, "hidden-link", $"\"{article.File.Name}\" {why}", right, blocks: false);
    }

    private static IEnumerable<(string Slug, TextPosition At)> TargetsOf(MarkdownOutline outline) =>
        from link in outline.Links
        let slug = LinkChecker.SlugIn(link.Address)
        where slug is not null
        select (slug, link.At);
}
