using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The content of an issue: the editor's text, then articles in sections.</summary>
public sealed record IssueContent(IssueFile File, IReadOnlyList<IssueArticle> Articles)
{
    /// <summary>How many new or newly reviewed articles an issue brings by itself; the others stay new for the next one.</summary>
    public const int MostFresh = 10;

    public const string Chosen = "To read", New = "New", Reviewed = "Checked again";

    /// <inheritdoc cref="Issue.Version"/>
    public int Version { get; init; }

    /// <summary>Of the draft; null when there is a file.</summary>
    public Guid? DraftId { get; init; }

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
    /// <param name="before">What the issues before have told of.</param>
    /// <param name="day">The day on which it goes out, in UTC; null while none is chosen.</param>
    /// <returns>The content, or why there is none.</returns>
    public static (IssueContent? Content, string? Trouble) Of(IssueFile issueFile, ContentSnapshot content, IssuesBefore before, DateOnly today, DateOnly? day = null)
    {
        var articles = new List<IssueArticle>();
        foreach (var slug in issueFile.Articles)
        {
            if (HiddenArticle.Find(content, slug, day ?? DateOnly.MaxValue) is { } hidden)
                return (null, $"The article \"{hidden.Title}\" {hidden.Why}. "
                    + (hidden.AppearsOn is null ? "Take it out of the list in the file." : "Schedule the issue for that day (in UTC) or later."));
            articles.Add(new IssueArticle(Chosen, Readable(content, slug)!));
        }

        if (issueFile.IsDigest)
            articles.AddRange(
                FindFresh(content, before, today).Where(one => !issueFile.Articles.Contains(one.Article.Slug)).Take(MostFresh));
        return (new IssueContent(issueFile, articles), null);
    }

    /// <summary>Looks the articles of an issue up; those that are not there any more are left out.</summary>
    /// <param name="hasUpcoming">Whether an article that appears by itself later is one of them.</param>
    public static IReadOnlyList<IssueArticle> Find(string lines, ContentSnapshot content, bool hasUpcoming = false) =>
    [
        .. from entry in IssueArticleEntry.Read(lines)
           let article = hasUpcoming ? Readable(content, entry.Slug) : content.FindByAnySlug(entry.Slug)
           where article is { WithdrawnOn: null }
           select new IssueArticle(entry.Section, article, entry.Note),
    ];

    private static Article? Readable(ContentSnapshot content, Slug slug) =>
        content.FindByAnySlug(slug) is { WithdrawnOn: null } article ? article : HiddenArticle.FindUpcoming(content, slug);

    /// <summary>
    /// What is new, then what was reviewed since the last issue (before the first one in the last month). An article is new until an issue
    /// was sent that tells of it, for a year; what is older than a month before the first issue never was.
    /// </summary>
    public static IEnumerable<IssueArticle> FindFresh(ContentSnapshot content, IssuesBefore before, DateOnly today)
    {
        const int month = 30;
        var (year, first) = (today.AddYears(-1), (before.FirstOn ?? today).AddDays(-month));
        var begin = first > year ? first : year;
        var (told, toldLast) = (Current(before.Told), Current(before.ToldLast));
        var fresh = content.Latest.Where(article => article.PublishedOn >= begin && !told.Contains(article.Slug)).ToList();
        var reviewed = content.Latest.Where(
            article => article.LastReviewedOn >= (before.LastOn ?? begin) && article.LastReviewedOn > article.PublishedOn
                && !toldLast.Contains(article.Slug) && !fresh.Contains(article));
        return fresh.Select(article => new IssueArticle(New, article)).Concat(reviewed.Select(article => new IssueArticle(Reviewed, article)));

        // An article may have got another address since.
        HashSet<Slug> Current(IEnumerable<Slug> slugs) => [.. slugs.Select(slug => content.FindByAnySlug(slug)?.Slug ?? slug)];
    }
}

/// <summary>What the issues that were sent have told of.</summary>
/// <param name="Last">The last one; null when there was none.</param>
/// <param name="FirstOn">The day of the first one.</param>
/// <param name="Told">The articles in any of them.</param>
public sealed record IssuesBefore(Issue? Last, DateOnly? FirstOn, IReadOnlyList<Slug> Told)
{
    /// <summary>The day of the last one.</summary>
    public DateOnly? LastOn => Last?.PreparedAt is { } prepared ? DateOnly.FromDateTime(prepared.UtcDateTime) : null;

    /// <summary>The articles in the last one.</summary>
    public IEnumerable<Slug> ToldLast => IssueArticleEntry.Read(Last?.Articles ?? "").Select(one => one.Slug);
}

/// <summary>An article in an issue.</summary>
/// <inheritdoc cref="IssueArticleEntry" path="/param"/>
public sealed record IssueArticle(string Section, Article Article, string Note = "")
{
    internal IssueArticleEntry Entry => new(Section, Article.Slug, Note);
}
