using System.Globalization;

namespace ArmTwitch.Phrases.Matching;

/// <summary>
/// Parts of words without which a regular expression cannot match, read from the expression itself: <c>(took|taken)( my)? pills?</c> needs
/// "took" or "taken", and "pill". Most texts lack them, so most phrases need not be searched for.
/// </summary>
/// <remarks>
/// Knows what phrases are made of: letters, escapes, classes, groups, alternatives and quantifiers; no looking ahead or behind. Whatever
/// has many forms counts as unknown: that costs time and hides nothing. RE2 calls this a filtered search.
/// </remarks>
internal sealed class RequiredWords
{
    /// <summary>So many forms of a part are followed; more are unknown.</summary>
    private const int MostForms = 100;

    private static readonly Part Empty = new([""], []);
    private static readonly Part Unknown = new(null, []);

    /// <summary>Of each of these, one has to be in the text. What is rarer, because it is longer, comes first.</summary>
    private readonly string[][] needed;

    private RequiredWords(IEnumerable<string[]> needed) =>
        this.needed = [.. needed.OrderByDescending(choice => choice.Min(word => word.Length)).ThenBy(choice => choice.Length)];

    /// <param name="pattern">A regular expression.</param>
    public static RequiredWords Of(string pattern)
    {
        var at = 0;
        var whole = Alternatives(pattern, ref at);
        return at == pattern.Length
            ? new RequiredWords(whole.Needs)
            : throw new ArgumentException($"A bracket is missing in “{pattern}”.", nameof(pattern));
    }

    public bool AreIn(string text) =>
        Array.TrueForAll(needed, choice => Array.Exists(choice, word => text.Contains(word, StringComparison.Ordinal)));

    private static Part Alternatives(string pattern, ref int at)
    {
        List<Part> branches = [Sequence(pattern, ref at)];
        for (; at < pattern.Length && pattern[at] is '|'; branches.Add(Sequence(pattern, ref at)))
            at++;
        if (branches.Count is 1)
            return branches[0];
        if (branches.TrueForAll(branch => branch.Forms is not null) && branches.Sum(branch => branch.Forms!.Length) <= MostForms)
            return new Part([.. branches.SelectMany(branch => branch.Forms!).Distinct()], []);

        var needs = branches.ConvertAll(branch => branch.Needs);
        return needs.TrueForAll(need => need.Count > 0)
            ? new Part(null, [Shortest(needs.SelectMany(need => need.MaxBy(choice => choice.Min(word => word.Length))!))])
            : Unknown;
    }

    private static Part Sequence(string pattern, ref int at)
    {
        var (before, open) = (Unknown, Empty);
        var isWhole = true;
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var next = Quantified(Atom(pattern, ref at), pattern, ref at);
            if (next.Forms is not null && open.Forms!.Length * next.Forms.Length <= MostForms)
            {
                open = new Part([.. open.Forms.SelectMany(_ => next.Forms, (start, end) => start + end).Distinct()], []);
                continue;
            }

            isWhole = false;
            before = new Part(null, [.. before.Needs, .. open.Needs, .. next.Forms is null ? next.Needs : []]);
            open = next.Forms is null ? Empty : next;
        }

        return isWhole ? open : new Part(null, [.. before.Needs, .. open.Needs]);
    }

    private static Part Atom(string pattern, ref int at)
    {
        var letter = pattern[at++];
        switch (letter)
        {
            case '(':
                // The options of a group, as in (?m:…) or (?>…), change nothing that is needed.
                if (pattern[at] is '?')
                    at = pattern.IndexOfAny([':', '>'], at) + 1;
                var group = Alternatives(pattern, ref at);
                at++;
                return group;
            case '[':
                while (pattern[at++] is not ']')
                    at += pattern[at - 1] is '\\' ? 1 : 0;
                return Unknown;
            case '\\' when pattern[at] is 'u':
                at += 5;
                return Literal((char)int.Parse(pattern.AsSpan(at - 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            case '\\':
                return pattern[at++] is var escaped && !char.IsAsciiLetterOrDigit(escaped) ? Literal(escaped)
                    : escaped is 'b' ? Empty
                    : Unknown;
            case '^' or '$':
                return Empty;
            case '.':
                return Unknown;
            default:
                return Literal(letter);
        }
    }

    private static Part Quantified(Part part, string pattern, ref int at)
    {
        switch (at < pattern.Length ? pattern[at] : ' ')
        {
            case '?':
                at++;
                return part.Forms is null ? Unknown : new Part([.. part.Forms.Append("").Distinct()], []);
            case '*':
                at++;
                return Unknown;
            case '+':
                at++;
                return new Part(null, part.Needs);
            case '{':
                var least = pattern[at + 1];
                at = pattern.IndexOf('}', at) + 1;
                return least is '0' ? Unknown : new Part(null, part.Needs);
            default:
                return part;
        }
    }

    private static Part Literal(char letter) => new([letter.ToString()], []);

    /// <returns>Without words that have another of them within.</returns>
    private static string[] Shortest(IEnumerable<string> words)
    {
        string[] all = [.. words.Distinct()];
        return [.. all.Where(word => !Array.Exists(all, other => other != word && word.Contains(other, StringComparison.Ordinal)))];
    }

    /// <param name="Forms">All that the part can match; null when that is unknown.</param>
    /// <param name="Choices">What is needed of a part whose forms are unknown.</param>
    private sealed record Part(string[]? Forms, IReadOnlyList<string[]> Choices)
    {
        public IReadOnlyList<string[]> Needs { get; } =
            Forms is null ? Choices : Array.TrueForAll(Forms, form => form.Length > 1) ? [Shortest(Forms)] : [];
    }
}
