using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Pages.Forms;

/// <summary>A form that was not taken: what is wrong, and the form with all that was typed.</summary>
/// <param name="Address">The address to name in the head of the page.</param>
/// <param name="Heading">What was not done, such as "Your comment is not sent yet".</param>
/// <param name="Subject">The page that the form stands on; null when there is none any more.</param>
/// <param name="Errors">What is wrong, at the top of the page.</param>
/// <param name="Form">The form, or where it cannot be sent again the typed text to copy.</param>
public sealed record RejectedFormPageModel(string Address, string Heading, PageLink? Subject, FormErrors Errors, RenderFragment Form)
{
    /// <summary>What comes before everything else, such as where to get help; null for nothing.</summary>
    public RenderFragment? First { get; init; }
}
