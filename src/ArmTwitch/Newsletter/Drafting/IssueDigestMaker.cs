using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter.Issues;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>Fills in a draft with what is new. From then on it is a draft like any other.</summary>
public sealed class IssueDigestMaker(WriteTransactionFactory writing, ArticleLibrary library, TimeProvider clock)
{
    /// <summary>
    /// Makes a draft of what is new, or was reviewed since the last issue, or returns the one that is not sent yet.
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
        var open = write.Db.Set<Issue>().Where(issue => issue.DigestAfter != null
            && (issue.State == IssueState.Draft || issue.State == IssueState.Scheduled
                || issue.State == IssueState.Preparing || issue.State == IssueState.PrepareFailed));
        if (await open.AsNoTracking().OrderByDescending(issue => issue.CreatedAt).FirstOrDefaultAsync(cancellationToken) is { } made)
            return made.Slug;
        var before = await IssueComposer.FindBeforeAsync(write.Db, cancellationToken);
        var fresh = IssueContent.FindFresh(library.Current, before, DateOnly.FromDateTime(now.UtcDateTime))
            .Take(IssueContent.MostFresh).ToList();
        if (fresh.Count is 0)
            return null;
        var slug = await IssueDraftService.FindFreeSlugAsync(write.Db, library, $"digest-{now:yyyy-MM-dd}", cancellationToken);
        write.Db.Add(DraftOf(fresh).Begin(slug, now, digestAfter: before.Last?.Id ?? Guid.Empty));
        await write.CommitAsync(cancellationToken);
        return slug;
    }

    private static IssueDraft DraftOf(List<IssueArticle> fresh)
    {
        var subject = fresh.Count is 1 ? fresh[0].Article.Title : $"{fresh[0].Article.Title}, and {fresh.Count - 1} more";
        var sections = fresh.Select(one => one.Section).ToHashSet();
        var (preheader, introduction) = (sections.Contains(IssueContent.New), sections.Contains(IssueContent.Reviewed)) switch
        {
            (true, false) => ("What is new on arm twitching.", "Here is what is new."),
            (false, _) => (
                "What was checked again on arm twitching.",
                "Nothing new this time, but we have checked these articles against their sources again."),
            _ => (
                "What is new on arm twitching, and what was checked again.",
                "Here is what is new, and what we have checked against its sources again."),
        };
        return new IssueDraft(subject, preheader, introduction + "\n", IssueArticleEntry.Write(fresh.Select(one => one.Entry))).Fit();
    }
}
