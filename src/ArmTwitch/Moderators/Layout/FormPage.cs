using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Moderators.Layout;

/// <summary>A page with forms, in plain HTML. It works without script, and only a sent form changes something.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected FormErrors Errors { get; private set; } = FormErrors.None;

    protected string Address => Http.Request.Path + Http.Request.QueryString;

    /// <summary>The title of the page. It begins with the error, because a screen reader reads it first.</summary>
    protected string TitleOf(string title) => Errors.Any ? $"Error: {title}" : title;

    /// <inheritdoc cref="SessionState.IsFresh"/>
    protected bool IsFresh => SessionCookieConfiguration.Of(Http) is { IsFresh: true };

    /// <summary>Refuses a change that needs a recent sign-in. The page shows <see cref="RecentSignInPrompt"/>.</summary>
    protected bool MayChange()
    {
        if (!IsFresh)
            AddError(RecentSignInPrompt.ElementId, "You signed in more than 10 minutes ago. Sign in again, then change it.");
        return IsFresh;
    }

    /// <summary>Shows the form again with an error.</summary>
    protected void AddError(string field, string message)
    {
        Errors = Errors.With(field, message);
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
