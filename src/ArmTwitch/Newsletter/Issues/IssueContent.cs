using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Newsletter.Drafting;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The content of an issue: the editor's text, then articles in sections.</summary>
public sealed record IssueContent(IssueFile File, IReadOnlyList<IssueArticle> Articles)
{
    public const string Chosen = "To read", New = "New", Reviewed = "Checked again";

    /// <inheritdoc cref="Issue.Version"/>
    public int Version { get; init; }

    /// <summary>The value of <see cref="Issue.Articles"/>.</summary>
    public string Lines => IssueArticleEntry.Write(Articles.Select(one => one.Entry));

    /// <summary>Articles under their headings, in the order of the issue.</summary>
    public static IEnumerable<(string Heading, IReadOnlyList<IssueArticle> Articles)> Sections(IReadOnlyList<IssueArticle> articles)
    {
        for (var start = 0; start < articles.Count;)
        {
            var heading = articles[start].Section;
            List<IssueArticle> section = [.. articles.Skip(start).TakeWhile(one => one.Section == heading)];
            yield return (heading, section);
            start += section.Count;
        }
    }

    /// <summary>Puts an issue together from the current files.</summary>
    /// <param name="last">The previous issue; null when this is the first.</param>
    /// <param name="today">The first issue takes the articles of the 30 days before.</param>
    /// <returns>The content, or why there is none.</returns>
    public static (IssueContent? Content, string? Trouble) Of(IssueFile issueFile, ContentSnapshot content, Issue? last, DateOnly today)
    {
        var articles = new List<IssueArticle>();
        foreach (var slug in issueFile.Articles)
        {
            if (content.FindByAnySlug(slug) is not { WithdrawnOn: null } article)
                return (null, $"The article \"{slug}\" is not there any more. Take it out of the list in the file.");
            articles.Add(new IssueArticle(Chosen, article));
        }

        if (issueFile.IsDigest)
            articles.AddRange(NewSince(content, last, today).Where(one => !issueFile.Articles.Contains(one.Article.Slug)));
        return (new IssueContent(issueFile, articles), null);
    }

    /// <summary>Looks the articles of a draft up; those that are not there any more are left out.</summary>
    public static IReadOnlyList<IssueArticle> Find(string lines, ContentSnapshot content) =>
    [
        .. from entry in IssueArticleEntry.Read(lines)
           let article = content.FindByAnySlug(entry.Slug)
           where article is { WithdrawnOn: null }
           select new IssueArticle(entry.Section, article, entry.Note),
    ];

    /// <summary>
    /// What is new or was reviewed since the last issue; for a first issue the latest articles of the last month.
    /// </summary>
    public static IEnumerable<IssueArticle> NewSince(ContentSnapshot content, Issue? last, DateOnly today)
    {
        const int month = 30, mostInFirst = 10;
        var since = last?.PreparedAt is { } prepared ? DateOnly.FromDateTime(prepared.UtcDateTime) : today.AddDays(-month);
        // An article of the day of the last issue may be newer than that issue.
        var brought = last is null ? [] : IssueArticleEntry.Read(last.Articles).Select(one => one.Slug).ToHashSet();
        var fresh = content.Latest.Where(article => article.PublishedOn >= since && !brought.Contains(article.Slug)).ToList();
        var reviewed = content.Latest.Where(
            article => article.PublishedOn < since && article.LastReviewedOn >= since && !brought.Contains(article.Slug));
        return fresh.Select(article => new IssueArticle(New, article)).Concat(reviewed.Select(article => new IssueArticle(Reviewed, article)))
            .Take(last is null ? mostInFirst : int.MaxValue);
    }
}

/// <summary>An article in an issue.</summary>
/// <inheritdoc cref="IssueArticleEntry" path="/param"/>
public sealed record IssueArticle(string Section, Article Article, string Note = "")
{
    internal IssueArticleEntry Entry => new(Section, Article.Slug, Note);
}
