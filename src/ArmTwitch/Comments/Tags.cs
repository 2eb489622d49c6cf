using System.Buffers;
using System.Text;

namespace ArmTwitch.Comments;

/// <summary>
/// Takes HTML tags out of plain text. A <c>&lt;</c> begins markup when one of these follows it; any other is kept as the reader typed it:
/// <list type="bullet">
/// <item>the name of an element, also after <c>/</c>, when an HTML tokenizer would find the end of that tag;</item>
/// <item>such a name without an end, if an attribute with a value comes next, or in a closing tag, or if it is a name that nobody writes in prose, such as <c>script</c>;</item>
/// <item>a name with a prefix (<c>o:p</c>), or an unknown one with an attribute that only code has (<c>onclick=</c>), when the tag has an end;</item>
/// <item>a comment, a doctype, CDATA, a processing instruction.</item>
/// </list>
/// So <c>x&lt;y</c>, <c>&lt;3</c>, <c>a &lt; b</c>, <c>&lt;name@example.org&gt;</c> and <c>p&lt;b</c> stay.
/// </summary>
public static class Tags
{
    private const int LongestAttribute = 500;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\n\f\r/>");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly string[] Declarations = ["doctype", "element", "entity", "attlist", "notation"];

    /// <summary>
    /// One round, in time that grows with the length of the text alone. What stood around a tag may make a new one, so ask again until nothing changes.
    /// </summary>
    public static string StripOnce(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text;

        var ends = new TagEnds(text);
        var kept = new StringBuilder(text.Length);
        var openCData = 0;
        for (var at = 0; at < text.Length;)
        {
            if (openCData > 0 && text.AsSpan(at).StartsWith("]]>", StringComparison.Ordinal))
            {
                openCData--;
                at += 3;
            }
            else if (text[at] is '<' && EndOfMarkup(text, at, ends) is not TagEnds.Never and var end)
            {
                openCData += IsCData(text, at) ? 1 : 0;
                at = end;
            }
            else
            {
                kept.Append(text[at++]);
            }
        }

        return kept.ToString();
    }

    private static int EndOfMarkup(string text, int at, TagEnds ends) => text.AsSpan(at + 1) switch
    {
        ['!', ..] => EndOfDeclaration(text, at, ends),
        ['?', var first, ..] when char.IsAsciiLetter(first) => EndOfBogusComment(text, at + 2, ends),
        ['/', var first, ..] when char.IsAsciiLetter(first) => EndOfTag(text, at + 2, ends, closing: true),
        [var first, ..] when char.IsAsciiLetter(first) => EndOfTag(text, at + 1, ends, closing: false),
        _ => TagEnds.Never,
    };

    private static int EndOfTag(string text, int nameStart, TagEnds ends, bool closing)
    {
        var nameEnd = EndOfName(text, nameStart);
        if (nameEnd is TagEnds.Never)
            return TagEnds.Never;

        var name = text.AsSpan(nameStart, nameEnd - nameStart);
        var (whole, tokenized) = ends.OfTag(nameEnd);
        if (!ElementNames.Contains(name))
            return whole is not TagEnds.Never && (HasPrefix(name) || ends.HasTellingAttribute(nameEnd, whole)) ? whole : TagEnds.Never;
        if (whole is not TagEnds.Never)
            return whole;

        // A tokenizer would take all up to the end of the next tag for attributes. They are more likely words, and the next tag is looked at by itself.
        return tokenized is not TagEnds.Never ? nameEnd : EndOfUnclosed(text, nameEnd, closing || ElementNames.IsNoWord(name));
    }

    /// <summary>A tokenizer would go on to the end of the page. So that nobody's words go with it, only what looks like attributes goes.</summary>
    private static int EndOfUnclosed(string text, int nameEnd, bool certain)
    {
        var end = certain ? nameEnd : TagEnds.Never;
        var bareWords = 0;
        for (var at = nameEnd; bareWords <= (certain ? 2 : 0); bareWords++)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '/')
                at++;
            var nameLength = LengthUpTo(" \t\n/<>=", text, at);
            at += nameLength;
            if (nameLength is 0 || at >= text.Length)
                break;
            if (text[at] is not '=')
                continue;

            at += 1 + LengthOfValue(text, at + 1);
            end = at;
            bareWords = -1;
        }

        return end;
    }

    private static int LengthOfValue(string text, int at)
    {
        var value = text.AsSpan(at, Math.Min(LongestAttribute, text.Length - at));
        if (value is ['"' or '\'', .. var rest] && rest.IndexOf(value[0]) is >= 0 and var closed)
            return closed + 2;
        var length = LengthUpTo(" \t\n<>", text, at);
        return at + length < text.Length && text[at + length] is '>' ? length + 1 : length;
    }

    private static int LengthUpTo(ReadOnlySpan<char> stops, string text, int at)
    {
        var window = text.AsSpan(at, Math.Min(LongestAttribute, text.Length - at));
        return window.IndexOfAny(stops) is >= 0 and var length ? length : window.Length;
    }

    private static int EndOfDeclaration(string text, int at, TagEnds ends)
    {
        var rest = text.AsSpan(at + 2);
        if (rest.StartsWith("--", StringComparison.Ordinal))
            return ends.OfComment(at + 2) is not TagEnds.Never and var end ? end : at + 4;
        if (IsCData(text, at))
            return at + 9;
        if (rest is ['[', var letter, ..] && char.IsAsciiLetter(letter))
            return EndOfBogusComment(text, at + 3, ends);
        foreach (var word in Declarations)
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return EndOfBogusComment(text, at + 2, ends);
        }

        return TagEnds.Never;
    }

    private static int EndOfBogusComment(string text, int nameStart, TagEnds ends)
    {
        if (ends.OfDeclaration(nameStart) is not TagEnds.Never and var end)
            return end;
        var name = text.AsSpan(nameStart);
        return nameStart + (name.IndexOfAnyExcept(Letters) is >= 0 and var length ? length : name.Length);
    }

    private static int EndOfName(string text, int start)
    {
        var window = text.AsSpan(start, Math.Min(ElementNames.Longest + 1, text.Length - start));
        return window.IndexOfAny(NameEnds) is >= 0 and var length ? start + length
            : start + window.Length == text.Length ? text.Length
            : TagEnds.Never;
    }

    private static bool IsCData(string text, int at) => text.AsSpan(at).StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase);

    private static bool HasPrefix(ReadOnlySpan<char> name) =>
        name.IndexOf(':') is > 0 and var colon && colon < name.Length - 1
        && !name[..colon].ContainsAnyExcept(Letters) && !name[(colon + 1)..].ContainsAnyExcept(Letters);
}
