using System.Text.RegularExpressions;

namespace ArmTwitch.Data;

/// <summary>Patterns of SQL's LIKE, for both databases.</summary>
internal static partial class LikePattern
{
    /// <summary>The character before one that means itself; to be named in each LIKE.</summary>
    public const string Escape = "\\";

    /// <returns>A pattern for these words as they are typed.</returns>
    public static string Of(string words) => Special().Replace(words, $"{Escape}$0");

    [GeneratedRegex(@"[\\_%]")]
    private static partial Regex Special();
}
