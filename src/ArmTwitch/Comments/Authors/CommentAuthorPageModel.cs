using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Authors;

/// <summary>What the author's page shows.</summary>
/// <param name="Article">Null when the article is gone.</param>
/// <param name="Refusal">Why a form was refused; null when no form was sent.</param>
/// <param name="HelpAddress">The article on when to get help; null when there is none.</param>
public sealed record CommentAuthorPageModel(
    string Address, AuthorCommentView View, Article? Article, EmergencyNumbersChoice Numbers, string? ElsewhereAddress, string? HelpAddress,
    AuthorActionRefusal? Refusal)
{
    /// <summary>The crisis card, when what was typed calls for it.</summary>
    public RenderFragment? First { get; init; }

    public FormErrors Errors => Refusal?.Errors ?? FormErrors.None;
}
