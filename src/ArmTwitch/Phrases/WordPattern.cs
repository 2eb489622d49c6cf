namespace ArmTwitch.Phrases;

/// <summary>
/// Words that all have to stand in a query: <c>wont/cannot move arm*</c> is in "my arms wont move". A slash parts words any of which will
/// do, and a star stands for any ending. A word with a minus before it must not stand there: <c>neck injury -exercise*</c>.
/// </summary>
internal sealed class WordPattern
{
    private readonly (string Word, bool IsBeginning)[][] wanted, unwanted;

    private WordPattern((string Word, bool IsBeginning)[][] wanted, (string Word, bool IsBeginning)[][] unwanted) =>
        (this.wanted, this.unwanted) = (wanted, unwanted);

    /// <summary>Every word of the pattern that is whole, for the correction of misspelt ones.</summary>
    public IEnumerable<string> Words => wanted.SelectMany(choice => choice).Where(one => !one.IsBeginning).Select(one => one.Word);

    /// <returns>Null when it is not words, slashes, stars and minus signs.</returns>
    public static WordPattern? TryParse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToLookup(word => word.StartsWith('-'));
        var (wanted, unwanted) = (words[false].Select(Choices).ToArray(), words[true].Select(word => Choices(word[1..])).ToArray());
        return wanted.Length > 0 && wanted.Concat(unwanted).SelectMany(choices => choices).All(
            choice => choice.Word.Length > 0 && choice.Word.All(char.IsLetterOrDigit))
            ? new WordPattern(wanted, unwanted)
            : null;

        static (string Word, bool IsBeginning)[] Choices(string word) =>
            [.. word.Split('/').Select(choice => (AccentFolding.Fold(choice.TrimEnd('*')), choice.EndsWith('*')))];
    }

    /// <summary>Whether all words of the pattern stand in the query, in any order.</summary>
    /// <param name="words">The words of the query (<see cref="QueryWords"/>).</param>
    public bool IsIn(IReadOnlyCollection<string> words) =>
        wanted.All(choices => HasAny(words, choices)) && !unwanted.Any(choices => HasAny(words, choices));

    /// <summary>Whether they stand there in their order, with at most one other word between two of them.</summary>
    /// <param name="words">The words of the query (<see cref="QueryWords"/>), in their order.</param>
    public bool IsInOrderIn(IReadOnlyList<string> words) =>
        Enumerable.Range(0, words.Count).Any(first => Continues(words, first, 0)) && !unwanted.Any(choices => HasAny(words, choices));

    private static bool HasAny(IReadOnlyCollection<string> words, (string Word, bool IsBeginning)[] choices) =>
        choices.Any(one => one.IsBeginning
            ? words.Any(word => word.StartsWith(one.Word, StringComparison.Ordinal))
            : words.Contains(one.Word));

    private bool Continues(IReadOnlyList<string> words, int at, int choice) =>
        at < words.Count && wanted[choice].Any(one => Fits(one, words[at]))
        && (choice == wanted.Length - 1 || Continues(words, at + 1, choice + 1) || Continues(words, at + 2, choice + 1));

    private static bool Fits((string Word, bool IsBeginning) wanted, string word) =>
        wanted.IsBeginning ? word.StartsWith(wanted.Word, StringComparison.Ordinal) : word == wanted.Word;
}
