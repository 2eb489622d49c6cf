using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Drafting;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Puts the content of an issue together from its file or draft and the articles.</summary>
public sealed class IssueComposer(IDbContextFactory<ArmTwitchDb> databases, ArticleLibrary library, TimeProvider clock)
{
    /// <param name="at">When it goes out; null while that is not known.</param>
    /// <returns>
    /// The content of the issue as of now, and why it may not be sent. A file with a fault has no content; a draft has one, for its preview.
    /// </returns>
    internal async Task<(IssueContent? Content, string? Trouble)> ComposeAsync(
        Slug slug, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var day = at is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : (DateOnly?)null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
        if (row is { IsWritten: true })
            return ComposeDraft(row, day);
        var issueFile = row is null ? library.Current.FindIssueFile(slug) : FileOf(row);
        return issueFile is null
            ? (null, $"There is no file {IssueFile.Folder}/{slug}.md without a fault. 'content check' tells what is wrong with it.")
            : IssueContent.Of(
                issueFile, library.Current, await FindBeforeAsync(db, cancellationToken),
                DateOnly.FromDateTime((row?.CreatedAt ?? clock.GetUtcNow()).UtcDateTime), day);
    }

    private (IssueContent? Content, string? Trouble) ComposeDraft(Issue row, DateOnly? day)
    {
        var (content, draft) = (library.Current, new IssueDraft(row.Subject, row.Preheader, row.Source!, row.Articles));
        var faults = IssueDraftCheck.FindFaults(draft, content, day);
        var trouble = faults.All is [var first, ..] ? first.Sentence : null;
        return faults.IsUnreadable
            ? (null, trouble)
            : (new IssueContent(FileOf(row)!, IssueContent.Find(row.Articles, content, hasUpcoming: true)) { Version = row.Version, DraftId = row.Id }, trouble);
    }

    internal static async Task<IssuesBefore> FindBeforeAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var sent = db.Set<Issue>().AsNoTracking().Where(issue => issue.PublishedAt != null);
        var last = await sent.OrderByDescending(issue => issue.PreparedAt).FirstOrDefaultAsync(cancellationToken);
        var first = await sent.MinAsync(issue => issue.PreparedAt, cancellationToken);
        var lines = await sent.Select(issue => issue.Articles).ToListAsync(cancellationToken);
        return new(
            last, first is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null,
            [.. lines.SelectMany(IssueArticleEntry.Read).Select(one => one.Slug).Distinct()]);
    }

    /// <returns>Null when the file is missing or has a fault.</returns>
    internal IssueFile? FileOf(Issue row) =>
        row.Source is { } source
            // A draft has no front matter: behind the line break, a line of --- at its top is a line. Digests of before issues could be
            // written here have no version, and gather their articles when they are sent.
            ? new IssueFile(row.Slug, row.Subject.Trim(), row.Preheader.Trim(), [], IsDigest: !row.IsWritten, $"\n{source}")
            : library.Current.FindIssueFile(row.Slug);

    internal async Task<Issue?> FindRowAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
    }
}
