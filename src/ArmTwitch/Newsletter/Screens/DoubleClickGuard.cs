using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Newsletter.Screens;

internal static class DoubleClickGuard
{
    /// <summary>
    /// Whether this is the second click of a double click. It would hit what the first one has put in its place: "Resume" instead of
    /// "Pause", or the next mail of a list. The browser counts clicks; a key press counts as 0.
    /// </summary>
    public static bool IsSecondClick(this MouseEventArgs press) => press.Detail > 1;
}
