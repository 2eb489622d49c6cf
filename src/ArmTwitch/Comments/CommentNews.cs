using ArmTwitch.Articles;
using ArmTwitch.Pages;

namespace ArmTwitch.Comments;

/// <summary>Tells whoever listens that a comment is new or has changed, and has the pages that show it made again.</summary>
public sealed class CommentNews(PageStore pages)
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
        Changed?.Invoke(comment.Id);
    }
}
