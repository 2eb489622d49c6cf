using ArmTwitch.Data.UnicodeForms;
using ArmTwitch.Phrases;
using ArmTwitch.Search.Indexing;
using ArmTwitch.Search.Queries;

namespace ArmTwitch.Search;

/// <summary>
/// Chooses what to show of an article. Only whole sentences are shown, with the next one where that limits what the first says: half a
/// warning may be its opposite.
/// </summary>
internal sealed class SnippetMaker(IEnumerable<(SearchTerm Term, double Weight)> terms)
{
    private const int MaxLength = 240;

    /// <summary>A shorter word is too often the beginning of another: "pain" of "painless".</summary>
    private const int ShortestBeginning = 5;

    private static readonly string[] Limiting =
    [
        "But ", "Not ", "Do not ", "Never ", "Only ", "However", "That does not", "This does not", "It does not", "Unless ", "Except ",
        "Ask ",
    ];

    private readonly List<WantedTerm> wanted = [.. terms.Select(pair => WantedTerm.Of(pair.Term, pair.Weight))];

    /// <param name="passages">One a line (<see cref="ArticlePassages.Quotable"/>).</param>
    /// <returns>Null when no passage has any of the words.</returns>
    public IReadOnlyList<(string Text, bool IsFound)>? Make(string passages)
    {
        var (best, bestScore) = ((string?)null, 0.0);
        var highest = wanted.Sum(term => term.Weight);
        var folded = AccentFolding.Fold(passages);
        foreach (var passage in folded.AsSpan().Split('\n'))
        {
            if (bestScore >= highest)
                break;
            if (AtMost(folded.AsSpan(passage)) <= bestScore)
                continue;
            string[] sentences = [.. Sentences(passages[passage])];
            var found = Array.ConvertAll(sentences, TermsIn);
            for (var first = 0; first < sentences.Length; first++)
            {
                var end = EndOf(sentences, first);
                var score = Score(found.AsSpan(first..end));
                if (score <= bestScore)
                    continue;
                var text = string.Join(' ', sentences[first..end]);
                (best, bestScore) = ($"{(first > 0 ? "… " : "")}{text}{(end < sentences.Length ? " …" : "")}", score);
            }
        }

        return best is null ? null : [.. Marked(best)];
    }

    /// <summary>A sentence, those behind it that belong to it, and as many more as there is room for.</summary>
    private static int EndOf(string[] sentences, int first)
    {
        var (end, length) = (first + 1, sentences[first].Length);
        while (end < sentences.Length
               && (length + sentences[end].Length < MaxLength || IsLimiting(sentences[end])))
            length += sentences[end++].Length + 1;
        return end;
    }

    private static bool IsLimiting(string sentence) => Limiting.Any(word => sentence.StartsWith(word, StringComparison.Ordinal));

    /// <returns>No less than the score of any sentence of the passage: a quick look that spares most of them the slow one.</returns>
    private double AtMost(ReadOnlySpan<char> folded)
    {
        var score = 0.0;
        foreach (var term in wanted)
        {
            foreach (var stem in term.Stems)
            {
                if (folded.Contains(stem, StringComparison.Ordinal))
                {
                    score += term.Weight;
                    break;
                }
            }
        }

        return score;
    }

    /// <returns>One bit for each term that the sentence has.</returns>
    private uint TermsIn(string sentence)
    {
        var found = 0u;
        foreach (var word in QueryWords.Of(sentence))
        {
            var stem = WordStem.Of(word);
            for (var at = 0; at < wanted.Count; at++)
                found |= wanted[at].IsFoundAs(word, stem) ? 1u << at : 0;
        }

        return found;
    }

    /// <returns>The weight of the terms that any of the sentences has.</returns>
    private double Score(ReadOnlySpan<uint> sentences)
    {
        var found = 0u;
        foreach (var terms in sentences)
            found |= terms;
        return wanted.Where((_, at) => (found & (1u << at)) is not 0).Sum(term => term.Weight);
    }

    private IEnumerable<(string Text, bool IsFound)> Marked(string text)
    {
        text = NfcNormalizer.Compose(text);
        var plainFrom = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '\'' or '’' && end > at)))
                end++;
            if (end == at)
            {
                at++;
                continue;
            }

            var word = string.Concat(QueryWords.Of(text[at..end]));
            var stem = WordStem.Of(word);
            if (wanted.Exists(term => term.IsFoundAs(word, stem)))
            {
                if (at > plainFrom)
                    yield return (text[plainFrom..at], false);
                yield return (text[at..end], true);
                plainFrom = end;
            }

            at = end;
        }

        if (plainFrom < text.Length)
            yield return (text[plainFrom..], false);
    }

    /// <summary>Splits at a full stop, question or exclamation mark with a space and something other than a small letter behind it.</summary>
    private static IEnumerable<string> Sentences(string passage)
    {
        var start = 0;
        for (var at = 1; at < passage.Length - 1; at++)
        {
            if (passage[at] is not ' ' || char.IsLower(passage[at + 1]))
                continue;
            var last = passage[at - 1] is ')' or '”' or '"' ? at - 2 : at - 1;
            if (last < 0 || passage[last] is not ('.' or '!' or '?'))
                continue;
            yield return passage[start..at];
            start = at + 1;
        }

        yield return passage[start..];
    }

    private sealed record WantedTerm(HashSet<string> Stems, string[] Beginnings, double Weight)
    {
        public static WantedTerm Of(SearchTerm term, double weight)
        {
            string[] words = [.. term.Alternatives.SelectMany(words => words)];
            return new WantedTerm(
                words.Select(WordStem.Of).ToHashSet(StringComparer.Ordinal), [.. words.Where(word => word.Length >= ShortestBeginning)],
                weight);
        }

        /// <param name="stem">Of the word.</param>
        public bool IsFoundAs(string word, string stem) =>
            Stems.Contains(stem) || Array.Exists(Beginnings, beginning => word.StartsWith(beginning, StringComparison.Ordinal));
    }
}
