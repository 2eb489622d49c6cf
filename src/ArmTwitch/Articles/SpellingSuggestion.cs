namespace ArmTwitch.Articles;

/// <summary>Which known word a misspelt one was probably meant to be.</summary>
public static class SpellingSuggestion
{
    /// <summary>Below it two names have little in common but chance.</summary>
    private const double LeastLikeness = 0.4;

    /// <returns>The known word that <see cref="Misspelt"/> puts first; null when there is none.</returns>
    public static string? Closest(string word, IEnumerable<string> known) => Misspelt(word, known, most: 1) is [var closest] ? closest : null;

    /// <summary>The known names with the fewest edits, in order: at most one in a name of up to four letters, else two.</summary>
    /// <returns>None when the name is no misspelt one.</returns>
    public static IReadOnlyList<string> Misspelt(string name, IEnumerable<string> known, int most = 3)
    {
        var allowed = name.Length <= 4 ? 1 : 2;
        var close = known.Select(candidate => (candidate, edits: Edits(name, candidate, allowed)))
            .Where(pair => pair.edits <= allowed).ToLookup(pair => pair.edits, pair => pair.candidate);
        return close.Count is 0 ? [] : [.. close[close.Min(pair => pair.Key)].Order(StringComparer.Ordinal).Take(most)];
    }

    /// <summary>
    /// The known names that are most like this one, the likeliest first: in their letters, or because they have words in common, as
    /// "weak-arm" and "arm-weakness" have.
    /// </summary>
    /// <returns>None when no known name is like it.</returns>
    public static IReadOnlyList<string> Nearest(string name, IReadOnlyCollection<string> known, int most = 3) =>
    [
        .. known.Select(candidate => (candidate, likeness: Likeness(LastPart(name), LastPart(candidate))))
            .Where(pair => pair.likeness >= LeastLikeness)
            .OrderByDescending(pair => pair.likeness).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate).Take(most),
    ];

    /// <summary>
    /// The optimal string alignment distance: letters added, dropped, changed or swapped with their neighbour.
    /// Counting stops at <paramref name="atMost"/> + 1.
    /// </summary>
    public static int Edits(string from, string to, int atMost)
    {
        if (Math.Abs(from.Length - to.Length) > atMost)
            return atMost + 1;

        var before = new int[to.Length + 1];
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            if (row.Min() > atMost)
                return atMost + 1;
            (before, above) = (above, row);
        }

        return above[^1];
    }

    /// <summary>What tells the name of a page from that of others: all names of articles begin with the same folder.</summary>
    private static string LastPart(string name) => name[(name.TrimEnd('/').LastIndexOf('/') + 1)..].ToLowerInvariant();

    /// <returns>From 0, nothing in common, to 1.</returns>
    private static double Likeness(string name, string other)
    {
        var longest = Math.Max(name.Length, other.Length);
        var most = (int)(longest * (1 - LeastLikeness));
        var letters = Edits(name, other, most) is var edits && edits <= most ? 1 - (double)edits / longest : 0;
        return Math.Max(letters, WordsInCommon(WordsOf(name), WordsOf(other)));
    }

    /// <summary>The share of letters that stand in words of both. Of two words with the same beginning, that beginning counts.</summary>
    private static double WordsInCommon(string[] some, string[] others)
    {
        var shared = some.Sum(word => others.Max(other => SharedBeginning(word, other)));
        return 2.0 * shared / (some.Sum(word => word.Length) + others.Sum(word => word.Length));
    }

    /// <returns>0 when it is shorter than a word that means something by itself.</returns>
    private static int SharedBeginning(string word, string other)
    {
        const int least = 4;
        var shared = word.AsSpan().CommonPrefixLength(other);
        return shared >= least || shared == word.Length && shared == other.Length ? shared : 0;
    }

    private static string[] WordsOf(string name) =>
        name.Split(['-', '/', '#', '_', ' ', '.'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [""];
}
