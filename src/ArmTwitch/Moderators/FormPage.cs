using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Moderators;

/// <summary>A page with forms. It is plain HTML: it works without script, and nothing but a sent form changes anything.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    protected FormErrors Errors { get; } = new();

    protected string Here => Http.Request.Path + Http.Request.QueryString;

    /// <summary>The page's title as the browser shows it; whoever cannot see the page hears first that something is wrong.</summary>
    protected string TitleOf(string title) => Errors.Any ? $"Error: {title}" : title;

    /// <summary>Sends the form back with what is wrong.</summary>
    protected void Refuse(string field, string message)
    {
        Errors.Add(field, message);
        Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
