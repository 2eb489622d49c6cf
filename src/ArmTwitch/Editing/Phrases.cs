namespace ArmTwitch.Editing;

/// <summary>A place in a text where one of some phrases stands.</summary>
/// <param name="Value">As the text spells it.</param>
internal readonly record struct Found(int Index, string Value);

/// <summary>Finds whole words and groups of words in a text, whatever their case; of two that begin at one place, the longer.</summary>
/// <remarks>Each word of the text is looked up once. A regular expression of so many words would try them all at every letter.</remarks>
internal sealed class Phrases
{
    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> longestFirstByFirstWord;

    public Phrases(IEnumerable<string> phrases) =>
        longestFirstByFirstWord = phrases.Distinct(StringComparer.OrdinalIgnoreCase)
            .GroupBy(phrase => phrase[..WordEnd(phrase, 0)], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.OrderByDescending(phrase => phrase.Length).ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<Found> In(string text)
    {
        List<Found>? found = null;
        for (var at = 0; at < text.Length;)
        {
            var end = WordEnd(text, at);
            if (end == at)
            {
                at++;
            }
            else if (longestFirstByFirstWord.TryGetValue(text.AsSpan(at, end - at), out var phrases) && Array.Find(phrases, phrase => StandsAt(phrase, text, at)) is { } phrase)
            {
                (found ??= []).Add(new Found(at, text.Substring(at, phrase.Length)));
                at += phrase.Length;
            }
            else
            {
                at = end;
            }
        }

        return found ?? (IReadOnlyList<Found>)[];
    }

    private static bool StandsAt(string phrase, string text, int at) =>
        text.AsSpan(at).StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && (at + phrase.Length == text.Length || !IsOfWord(text[at + phrase.Length]));

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && IsOfWord(text[at]))
            at++;
        return at;
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
}
