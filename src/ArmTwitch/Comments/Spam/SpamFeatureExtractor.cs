using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Spam;

/// <summary>
/// The features of a comment for the spam score: each word once, in lower case and without accents, and a few traits of its shape. Numbers
/// are left out, as some are personal data.
/// </summary>
public static class SpamFeatureExtractor
{
    public const string Link = "a link",
        Links = "several links",
        LinkInName = "a link in the name",
        Price = "a price",
        Percent = "a percentage",
        Capitals = "words in capitals", Exclaiming = "several exclamation marks", Digits = "many digits", OtherScript = "another script";

    private const int ShortestWord = 2, LongestWord = 24, ManyDigits = 8, ManyMarks = 3, ManyCapitals = 3;

    private static readonly string[] Beginnings = ["http://", "https://", "www."];

    public static IReadOnlySet<string> Extract(string author, string text)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        features.UnionWith(Words(AccentFolding.Fold(text)));
        features.UnionWith(Shapes(author, text));
        return features;
    }

    private static IEnumerable<string> Shapes(string author, string text)
    {
        var links = CountLinks(text);
        if (links > 0)
            yield return Link;
        if (links > 1)
            yield return Links;
        if (CountLinks(author) > 0)
            yield return LinkInName;
        if (text.AsSpan().ContainsAny('$', '€', '£'))
            yield return Price;
        if (text.Contains('%', StringComparison.Ordinal))
            yield return Percent;
        if (text.Count(char.IsAsciiDigit) >= ManyDigits)
            yield return Digits;
        if (text.Count(character => character is '!') >= ManyMarks)
            yield return Exclaiming;
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Count(word => word.Length > ManyCapitals && word.All(char.IsUpper)) >= ManyCapitals)
            yield return Capitals;
        if (text.Count(letter => letter > '\u024F' && char.IsLetter(letter)) * 2 > text.Count(char.IsLetter))
            yield return OtherScript;
    }

    private static int CountLinks(string text)
    {
        var lower = text.ToLowerInvariant();
        return Beginnings.Sum(beginning => lower.AsSpan().Count(beginning));
    }

    private static IEnumerable<string> Words(string plain)
    {
        var start = 0;
        for (var at = 0; at <= plain.Length; at++)
        {
            if (at < plain.Length && char.IsLetterOrDigit(plain[at]))
                continue;
            var word = plain.AsSpan(start, at - start);
            if (word.Length is >= ShortestWord and <= LongestWord && word.ContainsAnyExceptInRange('0', '9'))
                yield return word.ToString();
            start = at + 1;
        }
    }
}
