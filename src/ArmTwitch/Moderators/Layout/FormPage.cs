using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Pages.Forms;
using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Moderators.Layout;

/// <summary>A page with forms. It is plain HTML: it works without script, and nothing but a sent form changes anything.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected FormErrors Errors { get; private set; } = FormErrors.None;

    protected string Address => Http.Request.Path + Http.Request.QueryString;

    /// <summary>The page's title as the browser shows it; whoever cannot see the page hears first that something is wrong.</summary>
    protected string TitleOf(string title) => Errors.Any ? $"Error: {title}" : title;

    /// <summary>Whether the sign-in was so short a time ago that it stands for the person, and not for whoever found the browser.</summary>
    protected bool IsFresh => SessionCookieConfiguration.Of(Http) is { IsFresh: true };

    /// <summary>Refuses what only a fresh sign-in may change. The page shows <see cref="RecentSignInPrompt"/>.</summary>
    protected bool MayChange()
    {
        if (!IsFresh)
            AddError(RecentSignInPrompt.Place, "You signed in more than 10 minutes ago. Sign in again, then change it.");
        return IsFresh;
    }

    /// <summary>Sends the form back with what is wrong.</summary>
    protected void AddError(string field, string message)
    {
        Errors = Errors.With(field, message);
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
