using Microsoft.AspNetCore.Components.Web;

namespace ArmTwitch.Newsletter.Screens;

internal static class DoubleClickGuard
{
    /// <summary>
    /// The second half of a double click meets whatever the first has put in its place: "Resume" where "Pause" was, the next mail of a
    /// list. The browser counts the clicks; a press by key counts as none.
    /// </summary>
    public static bool IsSecondClick(this MouseEventArgs press) => press.Detail > 1;
}
