using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>The issues that were sent, for readers on the web.</summary>
public sealed class Archive(IDbContextFactory<ArmTwitchDb> databases, Database database, ArticleLibrary library)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Subject, address and day of each, the newest first.</returns>
    public async Task<IReadOnlyList<ArchiveEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var issues = await db.Set<Issue>().AsNoTracking().Where(issue => issue.PublishedAt != null).OrderByDescending(issue => issue.PublishedAt)
            .Select(issue => new { issue.Slug, issue.Subject, issue.PublishedAt }).ToListAsync(cancellationToken);
        return [.. issues.Select(issue => new ArchiveEntry(issue.Slug, issue.Subject, issue.PublishedAt!.Value))];
    }

    /// <summary>The same for a page that is about something else.</summary>
    /// <returns>None while the database is away.</returns>
    public async Task<IReadOnlyList<ArchiveEntry>> TryListAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return database.IsReady ? await ListAsync(cancellationToken) : [];
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return [];
        }
    }

    /// <returns>Null when no such issue was sent.</returns>
    public async Task<IssuePageModel?> FindAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug && issue.PublishedAt != null, cancellationToken) is not { } issue)
            return null;
        var content = library.Now;
        var articles = IssueContent.Read(issue.Articles).Select(one => (one.Section, Article: content.Find(one.Slug))).Where(one => one.Article is { WithdrawnOn: null });
        return new IssuePageModel(slug, issue.Subject, issue.Preheader, issue.PublishedAt!.Value, issue.Body ?? "", [.. articles.Select(one => (one.Section, one.Article!))]);
    }
}

public sealed record ArchiveEntry(Slug Slug, string Subject, DateTimeOffset PublishedAt);

/// <summary>One issue on the web.</summary>
/// <param name="Body">Safe HTML of the editor's words.</param>
public sealed record IssuePageModel(Slug Slug, string Subject, string Preheader, DateTimeOffset PublishedAt, string Body, IReadOnlyList<(string Section, Article Article)> Articles);
