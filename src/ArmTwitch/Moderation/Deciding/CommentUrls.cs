using ArmTwitch.Articles;
using ArmTwitch.Comments;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Where a comment is found by readers.</summary>
internal static class CommentUrls
{
    public static string Of(Comment comment) => $"{Article.AddressOf(comment.Article)}/comments/{comment.Id:N}";
}
