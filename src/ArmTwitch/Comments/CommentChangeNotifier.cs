using ArmTwitch.Articles;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments;

/// <summary>Tells open screens that a comment is new or has changed, and drops the finished pages that show it.</summary>
public sealed partial class CommentChangeNotifier(PageStore pages, ILogger<CommentChangeNotifier> logger)
{
    /// <summary>Raised with the comment's id, or an empty one for all, on the thread that made the change: a listener must not block.</summary>
    public event Action<Guid>? Changed;

    private const string DependencyPrefix = "comments ";

    /// <summary>What pages with comments on this article depend on, in the page store.</summary>
    public static string CacheDependency(Slug article) => $"{DependencyPrefix}{article}";

    /// <summary>Drops the finished pages that show comments on an article.</summary>
    public void InvalidatePages(Slug article) => pages.Drop(CacheDependency(article));

    /// <param name="isSeen">Whether the change shows on readers' pages.</param>
    public void Notify(Comment comment, bool isSeen)
    {
        if (isSeen)
            InvalidatePages(comment.Article);
        NotifyScreens(comment.Id);
    }

    /// <summary>Says that any comment may have changed: drops every page with comments, and tells the screens of <see cref="Guid.Empty"/>.</summary>
    public void NotifyOfAll()
    {
        pages.DropWhere(dependency => dependency.StartsWith(DependencyPrefix, StringComparison.Ordinal));
        NotifyScreens(Guid.Empty);
    }

    /// <summary>Tells open screens alone.</summary>
    public void NotifyScreens(Guid comment)
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
            Notify(listener, comment);
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
