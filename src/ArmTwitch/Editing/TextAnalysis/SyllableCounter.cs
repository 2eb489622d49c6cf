using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ArmTwitch.Editing.TextAnalysis;

/// <summary>
/// Counts the syllables of English words by their spelling: groups of vowels, less the silent ones, plus those spoken apart.
/// </summary>
internal static partial class SyllableCounter
{
    /// <summary>Words that do not follow the patterns below.</summary>
    private static readonly Dictionary<string, int> Exceptions = new(StringComparer.Ordinal)
    {
        ["acetylcholine"] = 5,
        ["aches"] = 1,
        ["acne"] = 2,
        ["anyone"] = 3,
        ["apostrophe"] = 4,
        ["business"] = 2,
        ["clothes"] = 1,
        ["element"] = 3,
        ["elements"] = 3,
        ["evening"] = 2,
        ["evenings"] = 2,
        ["everyone"] = 3,
        ["genuine"] = 3,
        ["giant"] = 2,
        ["maybe"] = 2,
        ["medicine"] = 3,
        ["medicines"] = 3,
        ["poem"] = 2,
        ["priest"] = 1,
        ["recipe"] = 3,
        ["recipes"] = 3,
        ["science"] = 2,
        ["soldier"] = 2,
        ["someone"] = 2,
        ["syncope"] = 3,
        ["triage"] = 3,
        ["wednesday"] = 2,
        ["every"] = 2,
        ["everyday"] = 3,
        ["everything"] = 3,
        ["theatre"] = 3,
    };

    private static readonly string[] EndingsAfterE = ["fully", "ments", "ment", "ness", "less", "ful", "ly"];

    /// <summary>
    /// The counts of words seen before, up to a limit: articles use the same few thousand words again and again.
    /// </summary>
    private static readonly ConcurrentDictionary<string, int> Counted = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Known =
        Counted.GetAlternateLookup<ReadOnlySpan<char>>();

    private const int MaxCounted = 50_000;

    /// <param name="word">One word. The parts of a word with hyphens are counted one by one. A number is one syllable.</param>
    public static int Count(ReadOnlySpan<char> word)
    {
        if (Known.TryGetValue(word, out var known))
            return known;
        var count = word.ToString().Split('-', StringSplitOptions.RemoveEmptyEntries).Sum(OfPart);
        if (Counted.Count < MaxCounted)
            Known[word] = count;
        return count;
    }

    private static int OfPart(string part)
    {
#pragma warning disable CA1308 // The patterns are written in lower case; this is no comparison.
        var word = part.ToLowerInvariant().Replace('’', '\'');
#pragma warning restore CA1308
        if (word.EndsWith("'s", StringComparison.Ordinal))
            word = word[..^2];
        word = word.Replace("'", "", StringComparison.Ordinal);
        if (Exceptions.TryGetValue(word, out var known))
            return known;
        return Math.Max(1, Vowels().Count(word) - Silent(word) + Parted().Count(word));
    }

    /// <summary>A y that begins a word is no vowel, nor is the u of qu.</summary>
    [GeneratedRegex("(?:[aeio]|(?<!q)u|(?<!^)y)[aeiouy]*")]
    private static partial Regex Vowels();

    private static int Silent(string word)
    {
        var silent = FirstPart().IsMatch(word) ? 1 : 0;
        if (EndingsAfterE.FirstOrDefault(ending => word.EndsWith(ending, StringComparison.Ordinal)) is { } ending
            && SilentE().IsMatch(word[..^ending.Length]))
            return silent + 1;
        return silent + (SilentE().IsMatch(word) || SilentEnd().IsMatch(word) ? 1 : 0);
    }

    /// <summary>An e at the end of the first of two joined words: some-times, there-fore.</summary>
    [GeneratedRegex(
        "^(?:some|fore|there|where|else|life|time|side|base|home|like|white|here)"
        + "(?=[b-df-hj-np-tv-z][a-z]*[aeiouy])(?!ly|ness|ment|less|ful)")]
    private static partial Regex FirstPart();

    /// <summary>The e of "cause" and "whole", but not of "muscle" or "the".</summary>
    [GeneratedRegex("[aeiouy].*[^aeiouy]e$(?<![bcdfgkpstz]le)|[aeiouy].*[gq]ue$")]
    private static partial Regex SilentE();

    /// <summary>The e of "called" and "times", but not of "lasted", "settled", "causes" or "muscles".</summary>
    [GeneratedRegex(
        "[aeiouy].*[^aeiouytd]ed$(?<![bcdfgkpstz]led)|[aeiouy].*[^aeiouyszxcg]es$(?<![bcdfgkpstz]les|shes|ches)|[aeiouy].*[gq]ues$")]
    private static partial Regex SilentEnd();

    /// <summary>Vowels in a group that are spoken as a syllable of their own, and syllables without a vowel.</summary>
    [GeneratedRegex("""
          (?<![ctsgxn]|ll|sh)i(?=on)                     # bi-on-ic, but ac-tion, mil-lion
        | (?<![ctsgx]|sh)i(?=o(?!n))                     # va-ri-ous, but an-xious
        | (?<![ctsg])i(?=a(?!ge$))                       # me-di-a, but spe-cial, mar-riage
        | i(?=at(?:e|es|ed|ion|ions|ing)$)               # as-so-ci-ate
        | i(?=u)                                         # cal-ci-um
        | i(?=et) | i(?=er$|ers$|est$)                   # di-et, ear-li-er
        | (?<![ct])i(?=en[ct])                           # ex-pe-ri-ence, but pa-tient
        | (?<!q)u(?=a[lt]|ou|en[ct]|el$|ici) | (?<![qg])u(?=ids?$)   # u-su-al, con-tin-u-ous, flu-ent, cru-el, su-i-cide, flu-id
        | (?<!q)[eouy](?=ing)                            # be-ing, go-ing, ar-gu-ing, try-ing
        | (?<!^)y(?=[aou]|ers?$)                         # be-yond, my-al-gia, play-er
        | (?<![gp])e(?=o)                                # vid-e-o, but sur-geon
        | (?<=[aeiou][a-z]*)e(?=as?$)                    # i-de-a, diar-rhoe-a
        | (?<=cr)e(?=at[ei]) | (?<=aut)o(?=i)            # cre-ate, au-to-im-mune
        | (?<=^r)e(?=ac(?!h)|app|ass|in)                 # re-act, re-as-sure
        | (?<=^c)o(?=o[pr]d?[ei])                        # co-op-er-ate
        | (?<=s|th)m(?=s?$)                              # spas-m, rhyth-m
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parted();
}
