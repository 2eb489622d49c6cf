using System.Globalization;
using ArmTwitch.Articles;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>How states and times read on the screens.</summary>
internal static class IssueWords
{
    public static string Of(IssueState state) => Kebab.Of(state).Replace('-', ' ');

    /// <summary>Whether a person has to look.</summary>
    public static bool IsTrouble(IssueState state) => state is IssueState.Paused or IssueState.SentWithProblems or IssueState.PrepareFailed;

    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) ?? "";

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
