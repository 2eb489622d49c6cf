using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Pages.Layout;

/// <summary>A whole page for readers. It is made from its model alone: there is no request behind it.</summary>
public abstract class ReaderPage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }
}
