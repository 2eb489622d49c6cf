namespace ArmTwitch;

/// <summary>The beginning of a text.</summary>
internal static class Beginning
{
    /// <returns>The first characters, one less where that would split a surrogate pair, which no database takes.</returns>
    public static string Of(string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
