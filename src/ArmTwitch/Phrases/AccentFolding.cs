namespace ArmTwitch.Phrases;

/// <summary>Lower case without accents, for texts and for the phrases that are searched in them. The length stays the same.</summary>
internal static class AccentFolding
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ’‘´`ʼ\u00A0";
    private const string Bare = "aaaaaaceeeeiiiinooooouuuuyy''''' ";

    public static string Fold(string text) => string.Create(text.Length, text, (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(source[i]);
    });

    /// <summary>Folds a phrase that is a regular expression. An escape such as <c>\W</c> stays as it is.</summary>
    public static string FoldPattern(string phrase) =>
        string.Concat(phrase.Select((letter, i) => i > 0 && phrase[i - 1] is '\\' ? letter : Fold(letter)));

    private static char Fold(char letter)
    {
        if (char.IsAscii(letter) && letter is not '`')
            return char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
        var lower = char.ToLowerInvariant(CharacterFolding.ToAscii(letter));
        var isPlain = lower <= '\u007F' && lower is not '`';
        return !isPlain && Accented.IndexOf(lower, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : lower;
    }
}
