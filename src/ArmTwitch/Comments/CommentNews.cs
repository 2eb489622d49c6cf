using ArmTwitch.Articles;
using ArmTwitch.Pages;

namespace ArmTwitch.Comments;

/// <summary>Tells whoever listens that a comment is new or has changed, and has the pages that show it made again.</summary>
public sealed partial class CommentNews(PageStore pages, ILogger<CommentNews> logger)
{
    /// <summary>Gets the comment's id. It is raised on the thread of whoever made the change: do not wait in it.</summary>
    public event Action<Guid>? Changed;

    /// <summary>The name under which pages depend on what readers say about one article.</summary>
    public static string Dependency(Slug article) => $"comments {article}";

    /// <summary>Has the pages that show what readers say about an article made again.</summary>
    public void ReadAgain(Slug article) => pages.Drop(Dependency(article));

    /// <param name="isSeen">Whether readers see something else than before.</param>
    public void Tell(Comment comment, bool isSeen)
    {
        if (isSeen)
            pages.Drop(Dependency(comment.Article));
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
            Tell(listener, comment.Id);
    }

    /// <summary>The change is saved by now: a listener that fails is no failure of whoever made it, nor of the other listeners.</summary>
    private void Tell(Action<Guid> listener, Guid comment)
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
