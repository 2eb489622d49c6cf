using ArmTwitch.Pages.HttpPolicies;
using ArmTwitch.Pages.Store;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ArmTwitch.Pages.Forms;

/// <summary>The answer to a form whose subject is gone: what was typed comes back, to be copied.</summary>
/// <param name="Status">The status to answer with, such as 404.</param>
/// <param name="Heading">What was not done.</param>
/// <param name="Why">Why it cannot be done.</param>
/// <param name="Typed">The longest thing that was typed.</param>
internal sealed record UndeliverableForm(int Status, string Heading, string Why, string Typed)
{
    /// <summary>What comes before everything else, such as where to get help; null for nothing.</summary>
    public RenderFragment? First { get; init; }

    /// <summary>The page; the usual one for the status when nothing was typed.</summary>
    public Results<SeeOtherResult, StatusCodeHttpResult, PageResult> Show(ReaderPageResults pages) =>
        Typed.Length is 0
            ? TypedResults.StatusCode(Status)
            : pages.NoStore<RejectedFormPage, RejectedFormPageModel>(
                new RejectedFormPageModel("/articles", Heading, null, FormErrors.None.With("", Why), TypedText.Of(Typed))
                {
                    First = First
                },
                Status);
}
