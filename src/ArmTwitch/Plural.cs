namespace ArmTwitch;

internal static class Plural
{
    /// <summary>"1 fault", "2 faults".</summary>
    /// <param name="what">The singular of a word that only takes an s.</param>
    public static string Of(int number, string what) => $"{number} {what}{(number is 1 ? "" : "s")}";
}
