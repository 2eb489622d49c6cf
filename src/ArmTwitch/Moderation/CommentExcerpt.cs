using ArmTwitch.Comments;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Moderation;

/// <summary>The first words of a comment, by which a moderator knows it in a list.</summary>
internal static class CommentExcerpt
{
    private const int Length = 120;

    /// <summary>Of an appeal that waits, the words of the appeal: they are what is new. Of anything else, what a moderator reads of it.</summary>
    /// <param name="isSealed">Whether the text is hidden, because something was taken out of it.</param>
    public static string Of(Comment comment, bool isSealed)
    {
        var isShown = comment is { IsWaiting: false, ShownText: not null } && comment.Status.IsPublished();
        var text = comment is { Status: CommentStatus.Pending, Appeal: { } appeal } ? CommentTextCleaner.Clean(appeal)
            : isSealed || isShown ? comment.ShownText!
            : CommentTextCleaner.Clean(comment.Text);
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Length ? line : $"{Beginning.Of(line, Length)}…";
    }
}
