namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Why a phrase is looked for.</summary>
internal enum PhraseKind
{
    /// <summary>A medical name that has no plain word.</summary>
    Name,
    Medicine,

    /// <summary>A word that has a plainer one.</summary>
    Avoided,
    Fear,
    Promise,

    /// <summary>A number in letters.</summary>
    Number,
}

/// <summary>A place in a text where one of some phrases stands.</summary>
/// <param name="Value">As the text spells it.</param>
internal readonly record struct PhraseMatch(PhraseKind Kind, int Index, string Value);

/// <summary>
/// Finds whole words and groups of words in a text, whatever their case; of two of a kind that begin at one place, the longer.
/// </summary>
/// <remarks>
/// Each word of the text is looked up once, for all kinds together. A regular expression of several hundred words would try all of
/// them at every letter.
/// </remarks>
internal sealed class PhraseIndex
{
    private static readonly int Kinds = Enum.GetValues<PhraseKind>().Length;

    private readonly Dictionary<string, (PhraseKind Kind, string Text)[]>.AlternateLookup<ReadOnlySpan<char>> longestFirstByFirstWord;

    public PhraseIndex(IEnumerable<(PhraseKind Kind, string Text)> phrases) =>
        longestFirstByFirstWord = phrases
            .GroupBy(phrase => phrase.Text[..WordEnd(phrase.Text, 0)], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                same => same.Key, same => same.OrderByDescending(phrase => phrase.Text.Length).ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<PhraseMatch> In(string text)
    {
        List<PhraseMatch>? found = null;
        // Where the last phrase of each kind ends: two of a kind do not overlap.
        Span<int> ends = stackalloc int[Kinds];
        for (var at = 0; at < text.Length;)
        {
            var end = WordEnd(text, at);
            if (end == at)
            {
                at++;
                continue;
            }

            if (longestFirstByFirstWord.TryGetValue(text.AsSpan(at, end - at), out var phrases))
            {
                foreach (var (kind, phrase) in phrases)
                {
                    if (at < ends[(int)kind] || !StandsAt(phrase, text, at))
                        continue;
                    (found ??= []).Add(new PhraseMatch(kind, at, text.Substring(at, phrase.Length)));
                    ends[(int)kind] = at + phrase.Length;
                }
            }

            at = end;
        }

        return found ?? (IReadOnlyList<PhraseMatch>)[];
    }

    private static bool StandsAt(string phrase, string text, int at) =>
        text.AsSpan(at).StartsWith(phrase, StringComparison.OrdinalIgnoreCase)
        && (at + phrase.Length == text.Length || !IsOfWord(text[at + phrase.Length]));

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && IsOfWord(text[at]))
            at++;
        return at;
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
}
