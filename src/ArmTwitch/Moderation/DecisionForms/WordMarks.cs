using System.Text.RegularExpressions;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Moderation.DecisionForms;

/// <summary>Marks a comment word by word, for those who tap words instead of selecting them.</summary>
internal static partial class WordMarks
{
    /// <summary>The words without what stands around them, such as a comma, in the order of the text.</summary>
    public static IReadOnlyList<(int Start, int End)> WordsOf(string text) =>
        [.. Word().Matches(text).Select(word => (word.Index, word.Index + word.Length))];

    /// <summary>The whole text, word by word: what stands before each word, and the word; null behind the last one.</summary>
    public static IEnumerable<(string Before, (int Start, int End)? Word)> Split(string text)
    {
        var at = 0;
        foreach (var word in WordsOf(text))
        {
            yield return (text[at..word.Start], word);
            at = word.End;
        }

        yield return (text[at..], null);
    }

    public static bool IsMarked(IEnumerable<Redaction> parts, (int Start, int End) word) =>
        parts.Any(part => part.Start < word.End && word.Start < part.End);

    /// <summary>Marks a word, together with those that are marked right beside it, or takes its mark away.</summary>
    /// <param name="parts">The parts to take out; the list is changed.</param>
    public static void Toggle(IList<Redaction> parts, string text, (int Start, int End) word)
    {
        if (parts.Where(part => part.Start < word.End && word.Start < part.End).ToList() is { Count: > 0 } marked)
        {
            foreach (var part in marked)
            {
                parts.Remove(part);
                Keep(parts, text, part, part.Start, word.Start);
                Keep(parts, text, part, word.End, part.End);
            }

            return;
        }

        var (start, end) = word;
        foreach (var beside in parts.Where(part => IsGap(text, part.End, word.Start) || IsGap(text, word.End, part.Start)).ToList())
        {
            // A telephone number and the name before it are two kinds.
            if (beside is not { Kind: RemovedKind.Words, IsMarked: true })
                continue;
            (start, end) = (Math.Min(start, beside.Start), Math.Max(end, beside.End));
            parts.Remove(beside);
        }

        parts.Add(new Redaction(start, end - start, RemovedKind.Words));
    }

    /// <summary>What is left of a part goes on being marked.</summary>
    private static void Keep(IList<Redaction> parts, string text, Redaction part, int start, int end)
    {
        if (start >= end)
            return;
        var words = WordsOf(text[start..end]);
        if (words.Count > 0)
            parts.Add(part with { Start = start + words[0].Start, Length = words[^1].End - words[0].Start });
    }

    private static bool IsGap(string text, int from, int to) => from <= to && string.IsNullOrWhiteSpace(text[from..to]);

    [GeneratedRegex(@"[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?")]
    private static partial Regex Word();
}
