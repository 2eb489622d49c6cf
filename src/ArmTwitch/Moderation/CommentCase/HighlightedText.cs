using System.Text.RegularExpressions;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;

namespace ArmTwitch.Moderation.CommentCase;

/// <summary>Splits a comment's text so that the words that a rule found can be marked.</summary>
internal static class HighlightedText
{
    /// <returns>The pieces, which together are the text.</returns>
    public static IReadOnlyList<(string Text, bool IsMarked)> Split(string text, IReadOnlyList<CommentFlag> flags)
    {
        var marked = new bool[text.Length];
        foreach (var words in flags.SelectMany(flag => flag.Words.Split(FlagRules.Between))
            .Select(words => words.TrimEnd('…')).Where(words => words.Length > 0).Distinct())
        {
            // A rule tells words of two lines as one line.
            var pattern = string.Join(@"\s+", words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
            foreach (Match match in Regex.Matches(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
                Array.Fill(marked, true, match.Index, match.Length);
        }

        var pieces = new List<(string, bool)>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && marked[end] == marked[start])
                end++;
            pieces.Add((text[start..end], marked[start]));
            start = end;
        }

        return pieces;
    }
}
