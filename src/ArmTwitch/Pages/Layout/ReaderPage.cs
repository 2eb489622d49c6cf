using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Pages.Layout;

/// <summary>A whole page for readers. It is rendered from its model alone, outside any request, so that it can be stored.</summary>
public abstract class ReaderPage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }
}
