using System.Text.RegularExpressions;

namespace ArmTwitch.Articles;

/// <summary>The names of our enums as content files write them: <c>SelfCare</c> is <c>self-care</c>.</summary>
internal static partial class Kebab
{
#pragma warning disable CA1308 // Lower case is the form itself, not a way to compare.
    public static string Of<T>(T value) where T : struct, Enum => Seams().Replace(value.ToString(), "-").ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Seams();
}
