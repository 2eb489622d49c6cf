using ArmTwitch.Articles;
using ArmTwitch.Data.Changes;

namespace ArmTwitch.Comments;

/// <summary>
/// Hears that a comment has changed. The notice has its id, and after it the article when readers see the comment, or did before.
/// </summary>
internal sealed class CommentChangeHandler(CommentChangeNotifier notifier) : IDatabaseChangeHandler
{
    public string Topic => "comment";

    public void Handle(string detail)
    {
        var words = detail.Split(' ');
        if (!Guid.TryParse(words[0], out var comment))
            return;
        if (words.Length > 1 && Slug.TryRead(words[1], out var article))
            notifier.InvalidatePages(article);
        notifier.NotifyScreens(comment);
    }

    public void HandleMissed() => notifier.NotifyOfAll();
}
