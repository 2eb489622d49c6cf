namespace ArmTwitch.Phrases;

/// <summary>
/// Words that all have to stand in a query, in any order: <c>wont/cannot move arm*</c> is in "my arms wont move". A slash parts words
/// any of which will do, and a star stands for any ending.
/// </summary>
internal sealed class WordPattern
{
    private readonly (string Word, bool IsBeginning)[][] wanted;

    private WordPattern((string Word, bool IsBeginning)[][] wanted) => this.wanted = wanted;

    /// <summary>Every word of the pattern that is whole, for the correction of misspelt ones.</summary>
    public IEnumerable<string> Words => wanted.SelectMany(choice => choice).Where(one => !one.IsBeginning).Select(one => one.Word);

    /// <returns>Null when it is not words, slashes and stars.</returns>
    public static WordPattern? TryParse(string text)
    {
        var wanted = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('/')
            .Select(choice => (Word: AccentFolding.Fold(choice.TrimEnd('*')), IsBeginning: choice.EndsWith('*'))).ToArray()).ToArray();
        return wanted.Length > 0 && wanted.All(word => word.All(choice => choice.Word.Length > 0 && choice.Word.All(char.IsLetterOrDigit)))
            ? new WordPattern(wanted)
            : null;
    }

    /// <param name="words">The words of the query (<see cref="QueryWords"/>).</param>
    public bool IsIn(IReadOnlyCollection<string> words) =>
        wanted.All(choice => choice.Any(one => one.IsBeginning
            ? words.Any(word => word.StartsWith(one.Word, StringComparison.Ordinal))
            : words.Contains(one.Word)));
}
