using System.Text;
using ArmTwitch.Data.UnicodeForms;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>
/// Makes plain text of what somebody typed: removes obvious markup (<see cref="MarkupRemover"/>) and hidden characters
/// (<see cref="HiddenCharacters"/>), and normalizes to Unicode's form C. It is no protection against scripts, and need not be: Razor
/// encodes the text wherever it is shown.
/// </summary>
public static class CommentTextCleaner
{
    private const int MostRounds = 8;

    /// <summary>
    /// The text to store: with its markup, so that a moderator sees what was typed, but without hidden characters. Without markup when it
    /// would be too long.
    /// </summary>
    public static string CleanWithinLimit(string typed) =>
        NormalizeWhitespace(typed) is { Length: <= Comment.MaxTextLength } kept ? kept : Clean(typed);

    /// <summary>
    /// Cleans a text of several lines: line ends become LF, space at the end of lines and text goes, more than two empty lines become one.
    /// Cleaning twice gives the same as once, unless markup is nested deeper than eight times.
    /// </summary>
    public static string Clean(string typed)
    {
        var text = NormalizeWhitespace(typed);
        for (var round = 0; round < MostRounds
            && NormalizeWhitespace(MarkupRemover.RemoveOnce(text)) is var cleaner && cleaner != text; round++)
            text = cleaner;
        return text;
    }

    /// <summary>Cleans a text of one line: as <see cref="Clean"/>, and every run of white space becomes one space.</summary>
    public static string CleanName(string typed) =>
        Clean(string.Join(' ', Clean(typed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string NormalizeWhitespace(string text)
    {
        // ReplaceLineEndings does not know the vertical tab.
        var lines = text.Replace('\v', '\n').ReplaceLineEndings("\n");
        return HiddenCharacters.IsBlank(lines)
            ? ""
            : TrimLines(HiddenCharacters.LimitCombiningMarks(NfcNormalizer.Compose(HiddenCharacters.Remove(lines))));
    }

    private static string TrimLines(string text)
    {
        var trimmed = new StringBuilder(text.Length);
        var empty = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).TrimEnd();
            if (line.IsEmpty)
            {
                empty++;
                continue;
            }

            if (trimmed.Length > 0)
                trimmed.Append('\n', empty > 2 ? 2 : empty + 1);
            trimmed.Append(line);
            empty = 0;
        }

        return trimmed.ToString();
    }
}
