using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Makes issues without a file: lists of what is new.</summary>
public sealed class IssueDigestMaker(WriteTransactionFactory writing, ArticleLibrary library, TimeProvider clock)
{
    /// <summary>
    /// Makes a draft of what is new or newly reviewed since the last issue, or returns the one that is not sent yet.
    /// </summary>
    /// <returns>Its address; null when nothing is new.</returns>
    public async Task<Slug?> MakeAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await FindOrMakeAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else has just made it, here or on another replica.
            return await FindOrMakeAsync(cancellationToken);
        }
    }

    private async Task<Slug?> FindOrMakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        var open = write.Db.Set<Issue>().Where(issue => issue.Source != null
            && (issue.State == IssueState.Draft || issue.State == IssueState.Scheduled
                || issue.State == IssueState.Preparing || issue.State == IssueState.PrepareFailed));
        if (await open.AsNoTracking().OrderByDescending(issue => issue.CreatedAt).FirstOrDefaultAsync(cancellationToken) is { } made)
            return made.Slug;
        var last = await IssueComposer.FindLastAsync(write.Db, cancellationToken);
        var fresh = IssueContent.NewSince(library.Current, last, DateOnly.FromDateTime(now.UtcDateTime)).ToList();
        if (fresh.Count is 0)
            return null;
        var taken = await write.Db.Set<Issue>().Select(issue => issue.Slug).ToListAsync(cancellationToken);
        var slug = Enumerable.Range(1, taken.Count + library.Current.IssueFiles.Count() + 1)
            .Select(number => Slug.Parse(number is 1 ? $"digest-{now:yyyy-MM-dd}" : $"digest-{now:yyyy-MM-dd}-{number}"))
            .First(one => !taken.Contains(one) && library.Current.FindIssueFile(one) is null);
        var issueFile = DigestOf(slug, fresh);
        write.Db.Add(new Issue
        {
            Slug = slug,
            Subject = issueFile.Subject,
            Preheader = issueFile.Preheader,
            Source = issueFile.Source,
            DigestAfter = last?.Id ?? Guid.Empty,
            CreatedAt = now
        });
        await write.CommitAsync(cancellationToken);
        return slug;
    }

    private static IssueFile DigestOf(Slug slug, List<(string Section, Article Article)> fresh)
    {
        var subject = fresh.Count is 1 ? fresh[0].Article.Title : $"{fresh[0].Article.Title}, and {fresh.Count - 1} more";
        return new IssueFile(
            slug, subject[..Math.Min(subject.Length, IssueFile.MaxSubjectLength)],
            "What is new on arm twitching, and what was checked again.", [], IsDigest: true, "Here is what is new since the last issue.\n");
    }
}
