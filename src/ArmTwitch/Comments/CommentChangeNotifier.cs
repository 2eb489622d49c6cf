using ArmTwitch.Articles;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments;

/// <summary>Tells open screens that a comment is new or has changed, and drops the finished pages that show it.</summary>
public sealed partial class CommentChangeNotifier(PageStore pages, ILogger<CommentChangeNotifier> logger)
{
    /// <summary>Raised with the comment's id, on the thread that made the change: a listener must not block.</summary>
    public event Action<Guid>? Changed;

    /// <summary>What pages with comments on this article depend on, in the page store.</summary>
    public static string CacheDependency(Slug article) => $"comments {article}";

    /// <summary>Drops the finished pages that show comments on an article.</summary>
    public void InvalidatePages(Slug article) => pages.Drop(CacheDependency(article));

    /// <param name="isSeen">Whether the change shows on readers' pages.</param>
    public void Notify(Comment comment, bool isSeen)
    {
        if (isSeen)
            InvalidatePages(comment.Article);
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
            Notify(listener, comment.Id);
    }

    /// <summary>
    /// The change is saved: a listener that throws must not fail the request, nor keep the other listeners from being called.
    /// </summary>
    private void Notify(Action<Guid> listener, Guid comment)
    {
        try
        {
            listener(comment);
        }
#pragma warning disable CA1031 // A listener may throw anything.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            LogFailed(failed);
        }
    }

    [LoggerMessage(LogLevel.Error, "A screen could not be told of a changed comment and may be out of date")]
    private partial void LogFailed(Exception failed);
}
