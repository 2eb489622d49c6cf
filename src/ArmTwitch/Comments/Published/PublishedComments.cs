using System.Collections.Concurrent;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments.Published;

/// <summary>Reads the comments that readers may see.</summary>
public sealed partial class PublishedComments(
    DatabaseReads reads, DatabaseInitializer database, CommentChangeNotifier notifier,
    IOptions<CommentsOptions> options, TimeProvider clock, ILogger<PublishedComments> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Slug, bool> missed = [];
    private readonly LastingFaults faults = new(clock);
    private int isWatching;

    /// <summary>
    /// Reads a page of comments. An outage is an answer and no exception, as the article is shown without its comments then.
    /// </summary>
    /// <param name="after">The last comment of the page before; null to count pages instead.</param>
    public async Task<PublishedCommentPage> ReadAsync(
        Slug article, int page = 1, Guid? after = null, CancellationToken cancellationToken = default)
    {
        // Right after a start an article is shown without waiting for the database.
        if (page is 1 && !database.IsReady)
        {
            RetryLater(article);
            return PublishedCommentPage.Unavailable(article);
        }

        try
        {
            return await reads.ReadAsync(db => ReadAsync(db, article, page, after), cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            var code = DatabaseFailureClassifier.CodeOf(failed);
            if (faults.IsWorthALine(nameof(ReadAsync), code))
                LogUnavailable(code);
            RetryLater(article);
            return PublishedCommentPage.Unavailable(article);
        }
    }

    private async Task<PublishedCommentPage> ReadAsync(ArmTwitchDb db, Slug article, int page, Guid? after)
    {
        var all = db.Set<Comment>().AsNoTracking().Where(comment => comment.Article == article);
        var shown = all.Shown();
        // A comment that was taken back stays as a gap while an answer to it is visible.
        var roots = all.Where(comment => comment.ParentId == null && comment.ShownAt != null).ShownOrAnswered(shown);

        var size = options.Value.PageSize;
        var rest = await all.Where(comment => comment.Id == after && comment.ShownAt != null)
                .Select(comment => new { comment.Id, comment.ShownAt }).SingleOrDefaultAsync() is { } last
            ? roots.InOrder(last.ShownAt, last.Id)
            : roots.InOrder().Skip((int)Math.Clamp((page - 1L) * size, 0, int.MaxValue));
        var slice = await rest.Take(size + 1).ToListAsync();
        var hasNext = slice.Count > size;
        slice = slice[..Math.Min(size, slice.Count)];
        var ids = slice.ConvertAll(comment => comment.Id);
        var answers = (await ReadAnswersAsync(shown, ids))
            .ToLookup(comment => comment.ParentId!.Value);
        // Both are counted from an index alone. Gaps are not counted: each would be looked for in the table.
        var count = await shown.CountAsync();
        var pages = page is 1 ? 1 : (await shown.CountAsync(comment => comment.ParentId == null) + size - 1) / size;
        return new PublishedCommentPage(
            article, count,
            [.. slice.Select(comment => ToPublished(comment, [.. answers[comment.Id].Select(answer => ToPublished(answer, []))]))],
            page, Math.Max(pages, page), hasNext);
    }

    /// <returns>
    /// A comment with its answers, and the one that a new answer goes to: this one, or the one that it answers itself. Null when readers see
    /// no such comment.
    /// </returns>
    public Task<(PublishedComment Comment, Guid Parent)?> FindAsync(Slug article, Guid id, CancellationToken cancellationToken = default) =>
        reads.ReadAsync(db => FindAsync(db, article, id), cancellationToken);

    private static async Task<(PublishedComment Comment, Guid Parent)?> FindAsync(ArmTwitchDb db, Slug article, Guid id)
    {
        var shown = db.Set<Comment>().AsNoTracking().Where(comment => comment.Article == article).Shown();
        if (await shown.SingleOrDefaultAsync(comment => comment.Id == id) is not { } found)
            return null;
        var answers = await ReadAnswersAsync(shown, [id]);
        return (ToPublished(found, [.. answers.Select(answer => ToPublished(answer, []))]), found.ParentId ?? id);
    }

    private static async Task<IEnumerable<Comment>> ReadAnswersAsync(
        IQueryable<Comment> shown, IReadOnlyCollection<Guid> ids) =>
        (await shown.AnswersTo(ids).ToListAsync()).OrderBy(answer => answer.ShownAt).ThenBy(answer => answer.Id);

    /// <summary>The page without comments stays in the page store until the database is back; then it is dropped.</summary>
    private void RetryLater(Slug article)
    {
        missed[article] = true;
        if (Interlocked.Exchange(ref isWatching, 1) is 0)
            _ = Task.Run(RetryMissedAsync);
    }

    /// <summary>Ends only when the database is back, whatever fails until then.</summary>
    private async Task RetryMissedAsync()
    {
        while (!await AnswersAsync())
            await Task.Delay(Pause, clock);
        faults.TryEnd(nameof(ReadAsync));
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
            await reads.ReadAsync(db => db.Set<Comment>().AnyAsync());
            return true;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return false;
        }
#pragma warning disable CA1031 // Nobody awaits this loop: an exception would be lost and end it.
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
            comment.ShownAt!.Value, answers)
        {
            IsHeld = comment.Status is CommentStatus.Pending,
        };

    [LoggerMessage(LogLevel.Warning, "Comments cannot be read now ({Failure}); articles are served without them")]
    private partial void LogUnavailable(string failure);

    [LoggerMessage(LogLevel.Error, "The check whether comments can be read again failed; trying again in 5 seconds")]
    private partial void LogWatchFailed(Exception failed);
}
