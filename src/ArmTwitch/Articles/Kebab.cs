using System.Text.RegularExpressions;

namespace ArmTwitch.Articles;

/// <summary>The names of our enums as content files write them: <c>SelfCare</c> is <c>self-care</c>.</summary>
internal static partial class Kebab
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.All[value];

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Seams();

    private static class Names<T> where T : struct, Enum
    {
#pragma warning disable CA1308 // Lower case is the form itself, not a way to compare.
        public static readonly Dictionary<T, string> All = Enum.GetValues<T>().ToDictionary(value => value, value => Seams().Replace(value.ToString(), "-").ToLowerInvariant());
#pragma warning restore CA1308
    }
}
