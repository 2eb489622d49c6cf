using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The content of an issue: the editor's text, then articles in sections.</summary>
/// <param name="Articles">Each with the heading of its section.</param>
public sealed record IssueContent(IssueFile File, IReadOnlyList<(string Section, Article Article)> Articles)
{
    public const string Chosen = "To read", New = "New", Reviewed = "Checked again";

    /// <summary>The value of <see cref="Issue.Articles"/>.</summary>
    public string Lines => string.Join('\n', Articles.Select(one => $"{one.Section}\t{one.Article.Slug}"));

    /// <returns>Section and address of each article.</returns>
    public static IEnumerable<(string Section, Slug Slug)> Read(string lines) =>
        from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split('\t')
        where parts.Length is 2 && Slug.TryParse(parts[1], out _)
        select (parts[0], Slug.Parse(parts[1]));

    /// <summary>Puts an issue together from the current files.</summary>
    /// <param name="last">The previous issue; null when this is the first.</param>
    /// <param name="today">The first issue takes the articles of the 30 days before.</param>
    /// <returns>The content, or why there is none.</returns>
    public static (IssueContent? Content, string? Trouble) Of(IssueFile issueFile, ContentSnapshot content, Issue? last, DateOnly today)
    {
        var articles = new List<(string, Article)>();
        foreach (var slug in issueFile.Articles)
        {
            if (content.Find(slug) is not { WithdrawnOn: null } article)
                return (null, $"The article \"{slug}\" is not there any more. Take it out of the list in the file.");
            articles.Add((Chosen, article));
        }

        if (issueFile.IsDigest)
            articles.AddRange(NewSince(content, last, today).Where(one => !issueFile.Articles.Contains(one.Article.Slug)));
        return (new IssueContent(issueFile, articles), null);
    }

    /// <summary>
    /// What is new or was reviewed since the last issue; for a first issue the latest articles of the last month.
    /// </summary>
    public static IEnumerable<(string Section, Article Article)> NewSince(ContentSnapshot content, Issue? last, DateOnly today)
    {
        const int month = 30, mostInFirst = 10;
        var since = last?.PreparedAt is { } prepared ? DateOnly.FromDateTime(prepared.UtcDateTime) : today.AddDays(-month);
        // An article of the day of the last issue may be newer than that issue.
        var brought = last is null ? [] : Read(last.Articles).Select(one => one.Slug).ToHashSet();
        var fresh = content.Latest.Where(article => article.PublishedOn >= since && !brought.Contains(article.Slug)).ToList();
        var reviewed = content.Latest.Where(
            article => article.PublishedOn < since && article.LastReviewedOn >= since && !brought.Contains(article.Slug));
        return fresh.Select(article => (New, article)).Concat(reviewed.Select(article => (Reviewed, article)))
            .Take(last is null ? mostInFirst : int.MaxValue);
    }
}
