using System.Text;
using ArmTwitch.Data.UnicodeForms;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>
/// Makes plain text of what somebody typed: plain markup goes (<see cref="MarkupRemover"/> says which), hidden characters go
/// (<see cref="HiddenCharacters"/>), the rest stays to the letter in Unicode's normal form C. Nobody's safety hangs on it: Razor encodes
/// the text wherever it is shown, so a tag that slipped through would be read, not run.
/// </summary>
public static class CommentTextCleaner
{
    private const int MostRounds = 8;

    /// <summary>
    /// What is kept of a text: as it was typed, so that a moderator can see it, but for characters that nobody can see; cleaned where it is
    /// too long for that.
    /// </summary>
    public static string CleanWithinLimit(string typed) =>
        NormalizeWhitespace(typed) is { Length: <= Comment.MaxTextLength } kept ? kept : Clean(typed);

    /// <summary>
    /// Cleans a text of several lines: line ends are LF, lines and text have no space at their end, more than two empty lines become one.
    /// Cleaning twice gives the same as once, unless tags are nested deeper than any text that people write.
    /// </summary>
    public static string Clean(string typed)
    {
        var text = NormalizeWhitespace(typed);
        for (var round = 0; round < MostRounds
            && NormalizeWhitespace(MarkupRemover.RemoveOnce(text)) is var cleaner && cleaner != text; round++)
            text = cleaner;
        return text;
    }

    /// <summary>Cleans a text of one line: as <see cref="Clean"/>, and every run of spaces and line ends is one space.</summary>
    public static string CleanName(string typed) =>
        Clean(string.Join(' ', Clean(typed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The first characters of a text, one less where the last would be half of a sign: no database takes half of one.</summary>
    public static string Excerpt(string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string NormalizeWhitespace(string text)
    {
        // ReplaceLineEndings knows form feed, NEL, LS and PS, and not the vertical tab.
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
