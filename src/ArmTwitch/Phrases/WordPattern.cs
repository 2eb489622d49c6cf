namespace ArmTwitch.Phrases;

/// <summary>
/// Words that all have to stand in a query: <c>wont/cannot move arm*</c> is in "my arms wont move". A slash parts words any of which will
/// do, and a star stands for any ending.
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

    /// <summary>Whether all words of the pattern stand in the query, in any order.</summary>
    /// <param name="words">The words of the query (<see cref="QueryWords"/>).</param>
    public bool IsIn(IReadOnlyCollection<string> words) =>
        wanted.All(choice => choice.Any(one => one.IsBeginning
            ? words.Any(word => word.StartsWith(one.Word, StringComparison.Ordinal))
            : words.Contains(one.Word)));

    /// <summary>Whether they stand there in their order, with at most one other word between two of them.</summary>
    /// <param name="words">The words of the query (<see cref="QueryWords"/>), in their order.</param>
    public bool IsInOrderIn(IReadOnlyList<string> words) => Enumerable.Range(0, words.Count).Any(first => Continues(words, first, 0));

    private bool Continues(IReadOnlyList<string> words, int at, int choice) =>
        at < words.Count && wanted[choice].Any(one => Fits(one, words[at]))
        && (choice == wanted.Length - 1 || Continues(words, at + 1, choice + 1) || Continues(words, at + 2, choice + 1));

    private static bool Fits((string Word, bool IsBeginning) wanted, string word) =>
        wanted.IsBeginning ? word.StartsWith(wanted.Word, StringComparison.Ordinal) : word == wanted.Word;
}
