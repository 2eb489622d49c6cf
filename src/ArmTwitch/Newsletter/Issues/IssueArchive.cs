using ArmTwitch.Articles;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>The published issues, for readers on the web.</summary>
public sealed class IssueArchive(DatabaseReads reads, DatabaseInitializer database, ArticleLibrary library)
{
    /// <returns>The newest first.</returns>
    public async Task<IReadOnlyList<ArchivedIssue>> ListAsync(CancellationToken cancellationToken = default)
    {
        var issues = await reads.ReadAsync(
            db => db.Set<Issue>().AsNoTracking()
                .Where(issue => issue.PublishedAt != null).OrderByDescending(issue => issue.PublishedAt)
                .Select(issue => new { issue.Slug, issue.Subject, issue.PublishedAt }).ToListAsync(CancellationToken.None),
            cancellationToken);
        return [.. issues.Select(issue => new ArchivedIssue(issue.Slug, issue.Subject, issue.PublishedAt!.Value))];
    }

    /// <summary>The same for a page that can do without.</summary>
    /// <returns>Null while the database is unavailable.</returns>
    public async Task<IReadOnlyList<ArchivedIssue>?> TryListAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return database.IsReady ? await ListAsync(cancellationToken) : null;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return null;
        }
    }

    /// <returns>Null when no such issue is published.</returns>
    public async Task<IssuePageModel?> FindAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        if (await reads.ReadAsync(
            db => db.Set<Issue>().AsNoTracking()
                .SingleOrDefaultAsync(issue => issue.Slug == slug && issue.PublishedAt != null, CancellationToken.None),
            cancellationToken) is not { } issue)
            return null;
        return new IssuePageModel(
            slug, issue.Subject, issue.Preheader, issue.PublishedAt!.Value, issue.Body ?? "",
            IssueContent.Find(issue.Articles, library.Current));
    }
}

public sealed record ArchivedIssue(Slug Slug, string Subject, DateTimeOffset PublishedAt);
