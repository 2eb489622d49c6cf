using ArmTwitch.Articles;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Published;

/// <summary>One comment, to answer or to report.</summary>
/// <param name="Parent">The comment that an answer goes below: this one, or the one that it answers itself.</param>
/// <param name="Reported">Whether a report has just been taken.</param>
public sealed record CommentPageModel(
    Article Article, PublishedComment Comment, Guid Parent, bool Reported, string Reason, FormErrors Errors)
{
    /// <summary>Whom to call, when the reason holds the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}
