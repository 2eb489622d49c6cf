using System.Text.Json;

namespace ArmTwitch;

/// <summary>The names of enums as content files, addresses, commands and exports write them: <c>SelfCare</c> is <c>self-care</c>.</summary>
internal static class KebabCase
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.All[value];

    public static IEnumerable<string> All<T>() where T : struct, Enum => Names<T>.All.Values;

    /// <returns>Null when no enum value has this name.</returns>
    public static T? Find<T>(string? name, StringComparison comparison = StringComparison.Ordinal) where T : struct, Enum =>
        Names<T>.All.Where(pair => string.Equals(pair.Value, name, comparison)).Select(pair => (T?)pair.Key).FirstOrDefault();

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    }
}
