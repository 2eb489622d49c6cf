using System.Numerics;
using ArmTwitch.Articles;

namespace ArmTwitch.Search.Queries;

/// <summary>Finds the known word that a misspelt one was probably meant to be.</summary>
internal sealed class SpellingCorrector
{
    private const int ShortestCorrected = 4;

    /// <summary>A shorter word may have one wrong letter, a longer one two.</summary>
    private const int ShortestWithTwoEdits = 6;

    /// <summary>The words by their length, the most frequent first, each with the set of its letters.</summary>
    private readonly Dictionary<int, (string Word, uint Letters, int Count)[]> byLength;

    /// <param name="vocabulary">Every known word and how often it is used.</param>
    public SpellingCorrector(IReadOnlyDictionary<string, int> vocabulary) =>
        byLength = vocabulary.GroupBy(pair => pair.Key.Length).ToDictionary(
            group => group.Key,
            group => group.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, LettersOf(pair.Key), pair.Value)).ToArray());

    /// <summary>Whether the word is one that may be corrected when no article has it.</summary>
    public static bool MayBeMisspelt(string word) =>
        word.Length >= ShortestCorrected && word.All(char.IsLetter) && !CommonEnglishWords.Contains(word);

    /// <returns>The closest known word; null when none is close.</returns>
    public string? Closest(string word)
    {
        var most = word.Length >= ShortestWithTwoEdits ? 2 : 1;
        var letters = LettersOf(word);
        return Enumerable.Range(word.Length - most, (2 * most) + 1)
            .SelectMany(length => byLength.GetValueOrDefault(length) ?? [])
            .Where(known => BitOperations.PopCount(known.Letters ^ letters) <= 2 * most)
            .Select(known => (known.Word, known.Count, Edits: SpellingSuggestion.Edits(word, known.Word, most)))
            .Where(known => known.Edits <= most && (known.Edits < 2 || known.Word[0] == word[0]))
            .OrderBy(known => known.Edits).ThenByDescending(known => known.Word[0] == word[0]).ThenByDescending(known => known.Count)
            .ThenBy(known => known.Word, StringComparer.Ordinal)
            .Select(known => known.Word)
            .FirstOrDefault();
    }

    /// <summary>One bit for each letter that the word has. An edit changes at most two of them.</summary>
    private static uint LettersOf(string word) =>
        word.Aggregate(0u, (letters, letter) => letters | (1u << (letter is >= 'a' and <= 'z' ? letter - 'a' : 26 + (letter % 6))));
}
