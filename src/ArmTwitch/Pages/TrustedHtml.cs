using Microsoft.AspNetCore.Components;

namespace ArmTwitch.Pages;

/// <summary>The only place where a string becomes markup without being encoded.</summary>
public static class TrustedHtml
{
    /// <param name="safe">HTML that this program wrote itself, never what a visitor typed.</param>
    public static RenderFragment Raw(string safe) => builder => builder.AddMarkupContent(0, safe);
}
