using System.Text.RegularExpressions;

namespace ArmTwitch.Editing.TextAnalysis;

/// <summary>One sentence as a reader sees it, without its citations.</summary>
/// <param name="Start">Where it begins in the text it was split from.</param>
/// <param name="Facts">The ids of the facts it cites, also behind its full stop.</param>
internal sealed partial record Sentence(string Text, int Start, IReadOnlyList<string> Facts)
{
    public bool IsQuestion => Text.AsSpan().TrimEnd("\"'”’)").EndsWith("?");

    private IReadOnlyList<Range>? words;

    /// <summary>Where the words stand in <see cref="Text"/>, hyphens and all; a number such as 100,000 is one word.</summary>
    public IReadOnlyList<Range> Words => words ??= WordsOf(Text);

    /// <summary>Splits a text at its full stops, question marks and exclamation marks, but not at "e.g." or "0.5".</summary>
    /// <param name="citations">Where in the text a fact is cited.</param>
    public static IReadOnlyList<Sentence> Split(string text, IReadOnlyList<(int Index, string Fact)> citations)
    {
        var sentences = new List<Sentence>();
        var start = 0;
        foreach (var mark in Ends().EnumerateMatches(text))
        {
            var end = mark.Index + mark.Length;
            if (Abbreviation().IsMatch(text.AsSpan(start, end - start)))
                continue;
            Add(start, end);
            start = end;
        }

        Add(start, text.Length);
        return sentences;

        void Add(int from, int to)
        {
            var first = from;
            while (first < to && char.IsWhiteSpace(text[first]))
                first++;
            if (first == to)
                return;
            var isLast = text.AsSpan(to).IsWhiteSpace();
            sentences.Add(new Sentence(text[first..to].TrimEnd(), first,
                [.. citations.Where(one => (one.Index > first || from is 0) && (one.Index <= to || isLast)).Select(one => one.Fact)]));
        }
    }

    private static List<Range> WordsOf(string text)
    {
        var words = new List<Range>();
        foreach (var word in WordForm().EnumerateMatches(text))
            words.Add(word.Index..(word.Index + word.Length));
        return words;
    }

    /// <summary>The end of a sentence: its mark and closing quotes or brackets, before a space and what may begin a sentence.</summary>
    [GeneratedRegex("""[.!?…]+["'”’)\]]*(?=\s+["'“‘(\[]*[\p{Lu}\p{Nd}])""")]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|no|fig|dr|mr|mrs|ms|prof|st|a\.m|p\.m|[A-Z])\.$", RegexOptions.IgnoreCase)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"\d[\d,.]*\d|\d|\p{L}[\p{L}\p{Nd}'’]*(?:-[\p{L}\p{Nd}'’]+)*")]
    private static partial Regex WordForm();
}
