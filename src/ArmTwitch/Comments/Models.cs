using ArmTwitch.Articles;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Comments;

/// <summary>Further comments on an article.</summary>
public sealed record CommentsPageModel(Article Article, Discussion Discussion);

/// <summary>One comment, to answer or to report.</summary>
/// <param name="Parent">The comment that an answer goes below: this one, or the one that it answers itself.</param>
/// <param name="Reported">Whether a report has just been taken.</param>
public sealed record OneCommentModel(Article Article, ShownComment Comment, Guid Parent, bool Reported, string Reason, FormErrors Errors)
{
    /// <summary>Whom to call, when the reason holds the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}

/// <summary>What was sent and could not be looked at.</summary>
/// <param name="Address">Where it was sent.</param>
/// <param name="Subject">The address for the head of the page, without a secret.</param>
/// <param name="Hidden">Fields that nobody typed.</param>
/// <param name="Field">The field that somebody did type.</param>
public sealed record KeptWords(string Address, string Subject, IReadOnlyList<(string Name, string Value)> Hidden, string Field, string Typed)
{
    /// <summary>Whom to call, when what was typed are the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}

/// <summary>What the writer's own page shows.</summary>
/// <param name="Article">Null when it is no longer there.</param>
/// <param name="Typed">What the writer typed when it was refused; null at a first visit.</param>
/// <param name="Private">What looks private in what was typed.</param>
/// <param name="HelpAddress">The article on when to get help; null when there is none.</param>
public sealed record WriterPageModel(
    string Address, WriterView View, Article? Article, NumbersChoice Numbers, string? ElsewhereAddress, string? HelpAddress,
    string Ends, string? Typed, FormErrors Errors, IReadOnlyList<PersonalDataFound> Private)
{
    /// <summary>Whom to call, when what was typed now are the words of a crisis.</summary>
    public RenderFragment? First { get; init; }
}
