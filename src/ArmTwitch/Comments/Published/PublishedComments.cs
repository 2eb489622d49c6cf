using System.Collections.Concurrent;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments.Published;

/// <summary>Reads what moderators have approved.</summary>
public sealed partial class PublishedComments(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, CommentChangeNotifier notifier,
    IOptions<CommentsOptions> options, TimeProvider clock, ILogger<PublishedComments> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Slug, bool> missed = [];
    private int isWatching;

    /// <summary>An article is read whether or not the database answers; its comments are not.</summary>
    /// <param name="after">The comment that the page before ended with; null to count pages instead.</param>
    public async Task<PublishedCommentPage> ReadAsync(
        Slug article, int page = 1, Guid? after = null, CancellationToken cancellationToken = default)
    {
        // The first readers after a start need not wait for the database to see an article.
        if (page is 1 && !database.IsReady)
        {
            RetryLater(article);
            return PublishedCommentPage.Unavailable(article);
        }

        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var all = db.Set<Comment>().AsNoTracking().Where(comment => comment.Article == article);
            var shown = all.Shown();
            // One that was taken back stays as a gap while somebody's answer to it can be read.
            var threads = shown.Select(comment => comment.ParentId ?? comment.Id);
            var roots = all.Where(comment => comment.ParentId == null && comment.ShownAt != null && threads.Contains(comment.Id));

            var size = options.Value.PageSize;
            var pages = Math.Max(1, (await roots.CountAsync(cancellationToken) + size - 1) / size);
            var rest = await all.Where(comment => comment.Id == after && comment.ShownAt != null)
                    .Select(comment => new { comment.Id, comment.ShownAt }).SingleOrDefaultAsync(cancellationToken) is { } last
                ? roots.Where(comment => comment.ShownAt > last.ShownAt || (comment.ShownAt == last.ShownAt && comment.Id > last.Id))
                    .OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id)
                : roots.OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id).Skip((Math.Min(page, pages + 1) - 1) * size);
            var slice = await rest.Take(size + 1).ToListAsync(cancellationToken);
            var hasNext = slice.Count > size;
            slice = slice[..Math.Min(size, slice.Count)];
            var ids = slice.ConvertAll(comment => comment.Id);
            var answers = (await shown.Where(comment => comment.ParentId != null && ids.Contains(comment.ParentId.Value))
                .OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id).ToListAsync(cancellationToken))
                .ToLookup(comment => comment.ParentId!.Value);
            var count = await shown.CountAsync(cancellationToken);
            return new PublishedCommentPage(
                article, count,
                [.. slice.Select(comment => ToPublished(comment, [.. answers[comment.Id].Select(answer => ToPublished(answer, []))]))],
                page, Math.Max(pages, page), hasNext);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogUnavailable(DatabaseFailureClassifier.CodeOf(failed));
            RetryLater(article);
            return PublishedCommentPage.Unavailable(article);
        }
    }

    /// <returns>One comment that readers can see, with the answers to it; null when there is none.</returns>
    public async Task<PublishedComment?> FindAsync(Slug article, Guid id, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shown = db.Set<Comment>().AsNoTracking().Where(comment => comment.Article == article).Shown();
        if (await shown.SingleOrDefaultAsync(comment => comment.Id == id, cancellationToken) is not { } found)
            return null;
        var answers = await shown.Where(comment => comment.ParentId == id)
            .OrderBy(comment => comment.ShownAt).ToListAsync(cancellationToken);
        return ToPublished(found, [.. answers.Select(answer => ToPublished(answer, []))]);
    }

    /// <summary>The comment under which another one stands, which is where an answer to either goes.</summary>
    public async Task<Guid?> ParentOfAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Comment>().Where(comment => comment.Id == id)
            .Select(comment => comment.ParentId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A page that was made without its comments is kept, and made again when they can be read.</summary>
    private void RetryLater(Slug article)
    {
        missed[article] = true;
        if (Interlocked.Exchange(ref isWatching, 1) is 0)
            _ = Task.Run(RetryMissedAsync);
    }

    /// <summary>Ends only when the database answers: whatever fails meanwhile, the missed articles still wait for their comments.</summary>
    private async Task RetryMissedAsync()
    {
        while (!await AnswersAsync())
            await Task.Delay(Pause, clock);
        Interlocked.Exchange(ref isWatching, 0);
        foreach (var article in missed.Keys)
        {
            if (missed.TryRemove(article, out _))
                notifier.InvalidatePages(article);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await database.WhenReadyAsync(Timeout.InfiniteTimeSpan);
            await using var db = await databases.CreateDbContextAsync();
            await db.Set<Comment>().AnyAsync();
            return true;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return false;
        }
#pragma warning disable CA1031 // Nobody awaits this loop, so nobody else would hear of it.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            LogWatchFailed(failed);
            return false;
        }
    }

    private static PublishedComment ToPublished(Comment comment, IReadOnlyList<PublishedComment> answers) =>
        new(
            comment.Id, comment.IsShown ? comment.Author : "", comment.Badge, comment.IsShown ? comment.ShownText : null, comment.Removed,
            comment.ShownAt!.Value, answers);

    [LoggerMessage(LogLevel.Warning, "Comments cannot be read now ({Failure}); articles are served without them")]
    private partial void LogUnavailable(string failure);

    [LoggerMessage(LogLevel.Error, "Looking whether comments can be read again failed; trying again in 5 seconds")]
    private partial void LogWatchFailed(Exception failed);
}
