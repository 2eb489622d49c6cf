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

    /// <summary>What is wrong; of no field when the page does not have the form any more.</summary>
    public FormErrors Errors =>
        Refusal is null ? FormErrors.None
        : HasForm(Refusal.Action) ? Refusal.Errors
        : new([.. Refusal.Errors.All.Select(error => ("", error.Message))]);

    /// <summary>What was typed into a form that the page does not have any more; null when nothing was.</summary>
    public string? LostText => Refusal is { Typed: { Length: > 0 } typed, Action: var action } && !HasForm(action) ? typed : null;

    /// <summary>Why the form of this action was refused; null when it was not.</summary>
    public AuthorActionRefusal? RefusalOf(AuthorAction action) => Refusal?.Action == action ? Refusal : null;

    private bool HasForm(AuthorAction? action) =>
        action is AuthorAction.Edit ? View.MayEdit : action is AuthorAction.Appeal && View.MayAppeal;
}
