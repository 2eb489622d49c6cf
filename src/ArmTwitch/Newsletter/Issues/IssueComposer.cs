using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Puts the content of an issue together from its file and the articles.</summary>
public sealed class IssueComposer(IDbContextFactory<ArmTwitchDb> databases, ArticleLibrary library, TimeProvider clock)
{
    /// <returns>The content of the issue as of now, or why there is none.</returns>
    internal async Task<(IssueContent? Content, string? Trouble)> ComposeAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
        var issueFile = row is null ? library.Current.FindIssueFile(slug) : FileOf(row);
        return issueFile is null
            ? (null, $"There is no file {IssueFile.Folder}/{slug}.md without a fault. 'content check' tells what is wrong with it.")
            : IssueContent.Of(
                issueFile, library.Current, await FindLastAsync(db, cancellationToken),
                DateOnly.FromDateTime((row?.CreatedAt ?? clock.GetUtcNow()).UtcDateTime));
    }

    internal static Task<Issue?> FindLastAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        db.Set<Issue>().AsNoTracking().Where(issue => issue.PublishedAt != null)
            .OrderByDescending(issue => issue.PreparedAt).FirstOrDefaultAsync(cancellationToken);

    /// <returns>Null when the file is missing or has a fault.</returns>
    internal IssueFile? FileOf(Issue row) =>
        row.Source is { } source
            ? new IssueFile(row.Slug, row.Subject, row.Preheader, [], IsDigest: true, source)
            : library.Current.FindIssueFile(row.Slug);

    internal async Task<Issue?> FindRowAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
    }
}
