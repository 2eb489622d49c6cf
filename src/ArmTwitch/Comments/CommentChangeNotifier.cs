using ArmTwitch.Articles;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Comments;

/// <summary>Tells whoever listens that a comment is new or has changed, and has the pages that show it made again.</summary>
public sealed partial class CommentChangeNotifier(PageStore pages, ILogger<CommentChangeNotifier> logger)
{
    /// <summary>Gets the comment's id. It is raised on the thread of whoever made the change: do not wait in it.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The name under which pages depend on what readers say about one article.</summary>
    public static string CacheDependency(Slug article) => $"comments {article}";

    /// <summary>Has the pages that show what readers say about an article made again.</summary>
    public void InvalidatePages(Slug article) => pages.Drop(CacheDependency(article));

    /// <param name="isSeen">Whether readers see something else than before.</param>
    public void Notify(Comment comment, bool isSeen)
    {
        if (isSeen)
            pages.Drop(CacheDependency(comment.Article));
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
            Notify(listener, comment.Id);
    }

    /// <summary>The change is saved by now: a listener that fails is no failure of whoever made it, nor of the other listeners.</summary>
    private void Notify(Action<Guid> listener, Guid comment)
    {
        try
        {
            listener(comment);
        }
#pragma warning disable CA1031 // Whatever a listener trips over.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            LogFailed(failed);
        }
    }

    [LoggerMessage(LogLevel.Error, "A listener failed to hear of a changed comment; its screen may be out of date")]
    private partial void LogFailed(Exception failed);
}
