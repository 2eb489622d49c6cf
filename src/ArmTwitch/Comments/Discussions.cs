using System.Collections.Concurrent;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments;

/// <summary>A comment as readers see it.</summary>
/// <param name="Text">Null of one that was taken back while its answers stay.</param>
/// <param name="Removed">What kinds of words a moderator took out; null when none.</param>
/// <param name="Badge">The role of an editor who answers; null for a reader.</param>
public sealed record ShownComment(Guid Id, string Author, string? Badge, string? Text, string? Removed, DateTimeOffset ShownAt, IReadOnlyList<ShownComment> Answers)
{
    /// <summary>The fragment under which the comment stands on its page.</summary>
    public string Anchor => $"comment-{Id:N}";
}

/// <summary>One page of what readers say about an article, the oldest first.</summary>
/// <param name="Count">All comments that can be read, answers too.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="HasNext">Whether more comments follow.</param>
/// <param name="Available">False when the database does not answer.</param>
public sealed record Discussion(Slug Article, int Count, IReadOnlyList<ShownComment> Comments, int Page, int Pages, bool HasNext = false, bool Available = true)
{
    public static Discussion Unavailable(Slug article) => new(article, 0, [], 1, 1, Available: false);

    /// <summary>
    /// The next page, which goes on behind the last comment of this one: whatever was taken back meanwhile, a reader misses none and
    /// sees none twice.
    /// </summary>
    public string NextAddress => $"{AddressOf(Page + 1)}&after={Comments[^1].Id:N}";

    public string AddressOf(int page) => page is 1 ? $"{Articles.Article.AddressOf(Article)}#comments" : $"{Articles.Article.AddressOf(Article)}/comments?page={page}";
}

/// <summary>Reads what moderators have approved.</summary>
public sealed partial class Discussions(
    IDbContextFactory<ArmTwitchDb> databases, Database database, CommentNews news, IOptions<CommentsOptions> options, TimeProvider clock, ILogger<Discussions> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Slug, bool> missed = [];
    private int isWatching;

    /// <summary>An article is read whether or not the database answers; its comments are not.</summary>
    /// <param name="after">The comment that the page before ended with; null to count pages instead.</param>
    public async Task<Discussion> ReadAsync(Slug article, int page = 1, Guid? after = null, CancellationToken cancellationToken = default)
    {
        // The first readers after a start need not wait for the database to see an article.
        if (page is 1 && !database.IsReady)
        {
            ReadLater(article);
            return Discussion.Unavailable(article);
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
            var rest = await all.Where(comment => comment.Id == after && comment.ShownAt != null).Select(comment => new { comment.Id, comment.ShownAt }).SingleOrDefaultAsync(cancellationToken) is { } last
                ? roots.Where(comment => comment.ShownAt > last.ShownAt || (comment.ShownAt == last.ShownAt && comment.Id > last.Id)).OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id)
                : roots.OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id).Skip((Math.Min(page, pages + 1) - 1) * size);
            var slice = await rest.Take(size + 1).ToListAsync(cancellationToken);
            var hasNext = slice.Count > size;
            slice = slice[..Math.Min(size, slice.Count)];
            var ids = slice.ConvertAll(comment => comment.Id);
            var answers = (await shown.Where(comment => comment.ParentId != null && ids.Contains(comment.ParentId.Value))
                .OrderBy(comment => comment.ShownAt).ThenBy(comment => comment.Id).ToListAsync(cancellationToken)).ToLookup(comment => comment.ParentId!.Value);
            var count = await shown.CountAsync(cancellationToken);
            return new Discussion(article, count, [.. slice.Select(comment => Show(comment, [.. answers[comment.Id].Select(answer => Show(answer, []))]))], page, Math.Max(pages, page), hasNext);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            LogUnavailable(DatabaseFailure.CodeOf(failed));
            ReadLater(article);
            return Discussion.Unavailable(article);
        }
    }

    /// <returns>One comment that readers can see, with the answers to it; null when there is none.</returns>
    public async Task<ShownComment?> FindAsync(Slug article, Guid id, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var shown = db.Set<Comment>().AsNoTracking().Where(comment => comment.Article == article).Shown();
        if (await shown.SingleOrDefaultAsync(comment => comment.Id == id, cancellationToken) is not { } found)
            return null;
        var answers = await shown.Where(comment => comment.ParentId == id).OrderBy(comment => comment.ShownAt).ToListAsync(cancellationToken);
        return Show(found, [.. answers.Select(answer => Show(answer, []))]);
    }

    /// <summary>The comment under which another one stands, which is where an answer to either goes.</summary>
    public async Task<Guid?> ParentOfAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Comment>().Where(comment => comment.Id == id).Select(comment => comment.ParentId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A page that was made without its comments is kept, and made again when they can be read.</summary>
    private void ReadLater(Slug article)
    {
        missed[article] = true;
        if (Interlocked.Exchange(ref isWatching, 1) is 0)
            _ = Task.Run(WatchAsync);
    }

    /// <summary>Ends only when the database answers: whatever fails meanwhile, the missed articles still wait for their comments.</summary>
    private async Task WatchAsync()
    {
        while (!await AnswersAsync())
            await Task.Delay(Pause, clock);
        Interlocked.Exchange(ref isWatching, 0);
        foreach (var article in missed.Keys)
        {
            if (missed.TryRemove(article, out _))
                news.ReadAgain(article);
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
        catch (Exception failed) when (DatabaseFailure.Is(failed))
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

    private static ShownComment Show(Comment comment, IReadOnlyList<ShownComment> answers) =>
        new(comment.Id, comment.IsShown ? comment.Author : "", comment.Badge, comment.IsShown ? comment.ShownText : null, comment.Removed, comment.ShownAt!.Value, answers);

    [LoggerMessage(LogLevel.Warning, "Comments cannot be read now ({Failure}); articles are served without them")]
    private partial void LogUnavailable(string failure);

    [LoggerMessage(LogLevel.Error, "Looking whether comments can be read again failed; trying again in 5 seconds")]
    private partial void LogWatchFailed(Exception failed);
}
