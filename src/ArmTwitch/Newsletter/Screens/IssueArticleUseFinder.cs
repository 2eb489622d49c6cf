using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Issues;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>The issues that an article stands in, in their list of articles or behind a link. Cancelled ones are left out.</summary>
internal sealed class IssueArticleUseFinder(
    IDbContextFactory<ArmTwitchDb> databases, IssueComposer composer, ArticleLibrary library, TimeProvider clock) : IArticleUseFinder
{
    /// <summary>The newest of those that are sent: an article may stand in years of them.</summary>
    private const int MostSent = 10;

    public async Task<IReadOnlyList<ArticleUse>> FindAsync(Slug article, CancellationToken cancellationToken = default)
    {
        var name = article.ToString();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Issue>().AsNoTracking()
            .Where(issue => issue.State != IssueState.Cancelled)
            // Of an issue with a file the text stands in the database once it is fixed: years of them are not read in full.
            .Where(issue => issue.Articles.Contains(name) || (issue.Source == null
                ? issue.MailingId == null || issue.Body!.Contains(name)
                : issue.Source.Contains(name)))
            .OrderByDescending(issue => issue.Id).ToListAsync(cancellationToken);
        var files = library.Current.IssueFiles.Select(file => file.Slug).ToList();
        var known = await db.Set<Issue>().Where(issue => files.Contains(issue.Slug)).Select(issue => issue.Slug).ToListAsync(cancellationToken);
        var onlyFiles = library.Current.IssueFiles.Where(file => !known.Contains(file.Slug) && IsIn(file, article))
            .Select(file => composer.LookAt(file, null, null));
        var ofRows = rows
            .Where(row => IssueArticleEntry.Read(row.Articles).Any(one => one.Slug == article) || (composer.FileOf(row) is { } file && IsIn(file, article)))
            .Select(row => composer.LookAt(composer.FileOf(row), row, null));
        var all = onlyFiles.Concat(ofRows).ToLookup(issue => IssueLabels.IsOver(issue.State));
        return [.. all[false].Concat(all[true].Take(MostSent)).Select(UseOf)];
    }

    private ArticleUse UseOf(IssueOverview issue) => new(
        issue.Subject.Trim() is { Length: > 0 } subject ? subject : "Untitled issue", $"/moderation/newsletter/{issue.Slug}",
        IssueLabels.Badge(issue, clock.GetUtcNow()), issue.PublishedAt ?? issue.ScheduledFor);

    private static bool IsIn(IssueFile file, Slug article) => file.Articles.Contains(article) || Links(file.Source).Contains(article.ToString());

    /// <summary>The names behind the addresses of articles.</summary>
    private static IEnumerable<string> Links(string text) =>
        text.Split("/articles/").Skip(1).Select(rest => string.Concat(rest.TakeWhile(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-')));
}
