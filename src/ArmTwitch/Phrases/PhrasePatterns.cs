using System.Diagnostics;
using System.Text.RegularExpressions;
using ArmTwitch.Phrases.Matching;

namespace ArmTwitch.Phrases;

/// <summary>Phrases to find in folded text (<see cref="AccentFolding"/>), unless a negation stands before them.</summary>
/// <remarks>
/// One phrase a line, as it is written, with its accents; a line that begins with <c>#</c> is a heading. In a phrase a space stands for
/// any white space, <c>~n</c> for up to n words of any kind (<c>send me~3 money</c>), <c>{cannot}</c> for all ways to say that, and
/// <c>{end}</c> for whatever ends a thought: the end of the line, an emoji, a bracket or quote, a dash or another mark. An apostrophe may
/// be missing or a space. A phrase ends where a word ends, or with a letter or two that decline it.
/// <para>
/// Each phrase is searched for on its own, so that one does not hide another, and only in a text that has its words
/// (<see cref="RequiredWords"/>). What repeats in a phrase has an end: a word of at most 40 letters, a group at most nine times. So from
/// each place the search sees a few words, however long the text is. Automata, which see each character once, took 250 MB for all rules.
/// </para>
/// </remarks>
public sealed partial class PhrasePatterns
{
    private readonly Phrase[] phrases;
    private readonly PhraseNegations? negations;

    /// <param name="wanted">The phrases.</param>
    /// <param name="fillers">
    /// Words, with blanks between them, that may stand between a negation and the phrase; null to ignore negations.
    /// </param>
    public PhrasePatterns(string wanted, string? fillers = null)
    {
        phrases = [.. Lines(wanted).Select(line => new Phrase(Spelled(line)))];
        negations = fillers is null ? null : new PhraseNegations(fillers);
    }

    /// <summary>Each phrase as a regular expression.</summary>
    internal IEnumerable<string> Expressions => phrases.Select(phrase => phrase.Expression);

    /// <summary>One pattern for all of these phrases, to use within another phrase.</summary>
    public static string AnyOf(string phrases) => $"({string.Join('|', Lines(phrases))})";

    /// <summary>Whether any phrase stands in the text, with or without a negation before it.</summary>
    /// <returns>Also true when a busy machine holds the search up for too long: a card too many costs a glance.</returns>
    public bool MayBeIn(string plain)
    {
        try
        {
            return InTime(plain).Any(phrase => phrase.IsIn(plain));
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    /// <summary>What stands in the text and is not negated, from its beginning to its end.</summary>
    /// <exception cref="RegexMatchTimeoutException">The search took too long.</exception>
    public IReadOnlyList<Match> In(string plain) => [.. AllIn(plain).Where(match => negations?.Deny(plain, match) is not true)];

    /// <summary>What stands in the text and is not negated, nor a part of what only looks alike.</summary>
    public IReadOnlyList<Match> In(string plain, PhrasePatterns? lookalikes)
    {
        var found = In(plain);
        return found.Count is 0 || lookalikes is null ? found : In(lookalikes.BlankOut(plain));
    }

    /// <returns>The text with blanks in place of all phrases.</returns>
    public string BlankOut(string plain)
    {
        var text = plain.ToCharArray();
        foreach (var match in AllIn(plain))
            text.AsSpan(match.Index, match.Length).Fill(' ');
        return new string(text);
    }

    private IEnumerable<Match> AllIn(string plain) =>
        InTime(plain).SelectMany(phrase => phrase.In(plain)).OrderBy(match => match.Index);

    /// <summary>The phrases, as long as there is time to search for them.</summary>
    private IEnumerable<Phrase> InTime(string plain)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var phrase in phrases)
        {
            if (Stopwatch.GetElapsedTime(start) > Phrase.Longest)
                throw new RegexMatchTimeoutException(plain, phrase.Expression, Phrase.Longest);
            yield return phrase;
        }
    }

    private static IEnumerable<string> Lines(string phrases) =>
        from line in phrases.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        where !line.StartsWith('#')
        select AccentFolding.FoldPattern(line);

    /// <returns>The regular expression with all that our own signs stand for.</returns>
    internal static string Spelled(string pattern)
    {
        // An apostrophe in the end of a thought is a quote. It is written as a number, so that it stays one.
        const string
            cannot = "(can't|cannot|can not|could ?n't|could not|unable to|(can )?(hardly|barely)|not able to|no longer able to|hard to|"
                + "struggl\\w* to)",
            end = @"([\t\r\u0020]*([^\w\s\u0027]+|\n|\u0027+(\s|[^\w\s\u0027]|$)|$))";
        var spelled = pattern.Replace("{cannot}", cannot, StringComparison.Ordinal).Replace("{end}", end, StringComparison.Ordinal)
            .Replace("'?", "'", StringComparison.Ordinal).Replace("'", @"['\s]?", StringComparison.Ordinal);
        return UpToWords().Replace(spelled, @"( [\w'-]+){0,$1}")
            .Replace("[ ", @"[\s", StringComparison.Ordinal)
            .Replace(" ?", @"(?>\s*)", StringComparison.Ordinal)
            .Replace(" ", @"(?>\s+)", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"~(\d)")]
    private static partial Regex UpToWords();
}
