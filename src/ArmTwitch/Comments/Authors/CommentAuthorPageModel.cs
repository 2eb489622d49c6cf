using ArmTwitch.Articles;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments.Authors;

/// <summary>What the writer's own page shows.</summary>
/// <param name="Article">Null when it is no longer there.</param>
/// <param name="Typed">What the writer typed when it was refused; null at a first visit.</param>
/// <param name="Private">What looks private in what was typed.</param>
/// <param name="HelpAddress">The article on when to get help; null when there is none.</param>
public sealed record CommentAuthorPageModel(
    string Address, AuthorCommentView View, Article? Article, EmergencyNumbersChoice Numbers, string? ElsewhereAddress, string? HelpAddress,
    string Ends, string? Typed, FormErrors Errors, IReadOnlyList<PersonalDataMatch> Private)
{
    /// <summary>Whom to call, when what was typed now are the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}
