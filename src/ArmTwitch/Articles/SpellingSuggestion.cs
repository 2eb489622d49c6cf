namespace ArmTwitch.Articles;

/// <summary>Which known word a misspelt one was probably meant to be.</summary>
public static class SpellingSuggestion
{
    /// <returns>
    /// The known word with the fewest edits: at most one in a word of up to four letters, else two. Null when there is none.
    /// </returns>
    public static string? Closest(string word, IEnumerable<string> known)
    {
        var allowed = word.Length <= 4 ? 1 : 2;
        return known.Select(candidate => (candidate, edits: Edits(word, candidate, allowed)))
            .Where(pair => pair.edits <= allowed)
            .OrderBy(pair => pair.edits).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

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
}
