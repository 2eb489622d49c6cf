using ArmTwitch.Articles;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Published;

/// <summary>One comment, with the forms to answer or report it.</summary>
/// <param name="Parent">The comment that an answer goes to.</param>
public sealed record CommentPageModel(Article Article, PublishedComment Comment, Guid Parent)
{
    /// <summary>Whether a report has just been taken.</summary>
    public bool Reported { get; init; }

    /// <summary>Whether that report took the comment off the page, so that only the thanks are left to show.</summary>
    public bool IsTakenOff { get; init; }

    /// <summary>The reason for a report, as it was typed and refused.</summary>
    public string Reason { get; init; } = "";

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>The crisis card, when the reason calls for it.</summary>
    public RenderFragment? First { get; init; }

    public string Address => $"{Article.Address}/comments/{Comment.Id:N}";

    /// <returns>Null when readers see no such comment.</returns>
    public static async Task<CommentPageModel?> FindAsync(PublishedComments comments, Article article, Guid id) =>
        await comments.FindAsync(article.Slug, id) is var (comment, parent) ? new CommentPageModel(article, comment, parent) : null;
}
