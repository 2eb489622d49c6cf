using System.Buffers;

namespace ArmTwitch.Editing;

/// <summary>A place in a text where one of some phrases stands.</summary>
/// <param name="Value">As the text spells it.</param>
internal readonly record struct Found(int Index, string Value);

/// <summary>Finds whole words and groups of words in a text, whatever their case; of two that begin at one place, the longer.</summary>
/// <remarks>A regular expression of so many words would look at every letter: on 10,000 articles that took most of the check's time.</remarks>
internal sealed class Phrases(IEnumerable<string> phrases)
{
    private readonly string[] longestFirst = [.. phrases.Where(phrase => phrase.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(phrase => phrase.Length)];
    private SearchValues<string>? search;

    public IReadOnlyList<Found> In(string text)
    {
        if (longestFirst.Length is 0)
            return [];
        search ??= SearchValues.Create(longestFirst, StringComparison.OrdinalIgnoreCase);
        List<Found>? found = null;
        for (var from = 0; text.AsSpan(from).IndexOfAny(search) is >= 0 and var distance;)
        {
            var at = from + distance;
            if (LengthAt(text, at) is > 0 and var length)
            {
                (found ??= []).Add(new Found(at, text.Substring(at, length)));
                from = at + length;
            }
            else
            {
                from = at + 1;
            }
        }

        return found ?? (IReadOnlyList<Found>)[];
    }

    /// <returns>How long the longest phrase is that stands there as whole words; 0 when none does.</returns>
    private int LengthAt(string text, int at)
    {
        if (at > 0 && IsOfWord(text[at - 1]))
            return 0;
        foreach (var phrase in longestFirst)
        {
            var end = at + phrase.Length;
            if (end <= text.Length && (end == text.Length || !IsOfWord(text[end])) && text.AsSpan(at, phrase.Length).Equals(phrase, StringComparison.OrdinalIgnoreCase))
                return phrase.Length;
        }

        return 0;
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';
}
