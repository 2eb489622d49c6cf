using System.Text.RegularExpressions;

namespace ArmTwitch.Comments;

/// <summary>
/// Where the markup of a text ends, found in one walk from the text's end to its beginning: the answer for a place and a state of the
/// HTML tokenizer is that of the next place and state, so no part is read twice, however the text is made.
/// </summary>
internal sealed partial class TagEnds
{
    public const int Never = -1;

    private const int LongestLookedAt = 500;

    private readonly string text;
    private readonly int[] whole;
    private readonly int[] tokenized;
    private readonly int[] signs;
    private readonly int[] comments;

    public TagEnds(string text)
    {
        this.text = text;
        whole = EndsOfTags(stopAtNext: true);
        tokenized = EndsOfTags(stopAtNext: false);
        (signs, comments) = EndsOfComments();
    }

    /// <returns>Where a tag ends whose name ends here: if another tag may not begin within it, and as a tokenizer reads it.</returns>
    public (int Whole, int Tokenized) OfTag(int nameEnd) =>
        nameEnd >= text.Length ? (Never, Never)
        : text[nameEnd] is '>' ? (nameEnd + 1, nameEnd + 1)
        : (whole[nameEnd + 1], tokenized[nameEnd + 1]);

    /// <param name="from">Behind the <c>&lt;!</c>, for <c>&lt;!--&gt;</c> is a comment too.</param>
    public int OfComment(int from)
    {
        foreach (var early in (ReadOnlySpan<int>)[from, from + 1])
        {
            if (text.AsSpan(early).StartsWith("-->", StringComparison.Ordinal))
                return early + 3;
        }

        return comments[from + 2];
    }

    public int OfDeclaration(int from) => signs[from];

    /// <summary>Whether the tag has an attribute that prose has not.</summary>
    public bool HasTellingAttribute(int nameEnd, int end) =>
        TellingAttribute().IsMatch(text.AsSpan(nameEnd, Math.Min(end - nameEnd, LongestLookedAt)));

    /// <summary>The states are those of the HTML standard's tokenizer; two that lead to the same are one here.</summary>
    private int[] EndsOfTags(bool stopAtNext)
    {
        var ends = new int[text.Length + 1];
        ends[^1] = Never;
        int beforeName = Never, name = Never, afterName = Never, beforeValue = Never, doubleQuoted = Never, singleQuoted = Never, unquoted = Never;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            var sign = text[at];
            var end = at + 1;
            var space = sign is ' ' or '\t' or '\n' or '\f' or '\r';
            var stop = sign is '<' && stopAtNext;
            (beforeName, name, afterName, beforeValue, doubleQuoted, singleQuoted, unquoted) = (
                stop ? Never : space || sign is '/' ? beforeName : sign is '>' ? end : name,
                stop ? Never : space ? afterName : sign is '/' ? beforeName : sign is '>' ? end : sign is '=' ? beforeValue : name,
                stop ? Never : space ? afterName : sign is '/' ? beforeName : sign is '>' ? end : sign is '=' ? beforeValue : name,
                stop ? Never : space ? beforeValue : sign is '"' ? doubleQuoted : sign is '\'' ? singleQuoted : sign is '>' ? end : unquoted,
                sign is '"' ? beforeName : doubleQuoted,
                sign is '\'' ? beforeName : singleQuoted,
                stop ? Never : space ? beforeName : sign is '>' ? end : unquoted);
            ends[at] = beforeName;
        }

        return ends;
    }

    private (int[] Signs, int[] Comments) EndsOfComments()
    {
        var nextSign = new int[text.Length + 1];
        var nextComment = new int[text.Length + 1];
        nextSign[^1] = nextComment[^1] = Never;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            nextSign[at] = text[at] is '>' ? at + 1 : nextSign[at + 1];
            var rest = text.AsSpan(at);
            nextComment[at] = rest.StartsWith("-->", StringComparison.Ordinal) ? at + 3 : rest.StartsWith("--!>", StringComparison.Ordinal) ? at + 4 : nextComment[at + 1];
        }

        return (nextSign, nextComment);
    }

    [GeneratedRegex(
        """[\s/"'](on[a-z]{3,}|style|src|href|id|class|tabindex|contenteditable|xmlns|action|data)\s*=""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TellingAttribute();
}
